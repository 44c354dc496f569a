"""On the machine, as root: planning, starting, listing and ending sandboxes, and managing their data.

``run`` runs one command in a sandbox, ``opened`` keeps one for many; ``status`` lists them, ``down`` ends them all.
"""

from __future__ import annotations

from labcheck.sandbox.outside.running import Running, down, status
from labcheck.sandbox.outside.sandbox import Sandbox, opened, run

__all__ = ["Running", "Sandbox", "down", "opened", "run", "status"]
