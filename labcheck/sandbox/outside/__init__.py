"""On the machine, as root: sandboxes are planned, started, listed and ended here, and their data is kept.

``run`` runs one command in a sandbox, ``opened`` keeps one for many; ``status`` lists them, ``down`` ends them all.
"""

from __future__ import annotations

from labcheck.sandbox.outside.running import Running, down, status
from labcheck.sandbox.outside.sandbox import Sandbox, opened, run

__all__ = ["Running", "Sandbox", "down", "opened", "run", "status"]
