"""The course's own engine, its mirror and its images. The only code that makes or removes things.

``run`` runs one command in a sandbox, ``opened`` keeps one for many; ``status`` lists them, ``down`` ends them all.
"""

from __future__ import annotations

from labcheck.sandbox.running import Running, down, status
from labcheck.sandbox.world import World, opened, run

__all__ = ["Running", "World", "down", "opened", "run", "status"]
