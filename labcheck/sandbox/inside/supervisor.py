"""Restart a sandbox's engine or mirror when it ends: its data is still there, so work can continue.

If it keeps ending, the supervisor gives up and says what helps.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from labcheck.home import opening
from labcheck.sandbox.exit_codes import how_ended
from labcheck.sandbox.inside.prepare import Service
from labcheck.sandbox.last_error import last_error
from labcheck.sandbox.threads import beside
from labcheck.wait import wait_until

TIMES, WITHIN = 3, 60.0
"""The maximum number of restarts, and within how many seconds."""
PATIENCE = 30.0
_TICK = 0.05


class Supervisor:
    """Keeps one service running. ``start`` restarts it, and calls its argument with the exit code when it ends.

    ``start`` raises ``OSError``; ``tell`` is called with what happened.
    """

    def __init__(
        self, service: Service, start: Callable[[Callable[[int], object]], int], tell: Callable[[str], object]
    ) -> None:
        self.pid = service.pid
        """0 while it is not running."""
        self._service, self._start, self._tell = service, start, tell
        self._ends: list[float] = []

    def ended(self, code: int) -> None:
        """The service has ended with this code: restart it, unless it has ended too often."""
        now = time.monotonic()
        self._ends = [at for at in self._ends if at > now - WITHIN] + [now]
        self.pid = 0
        if len(self._ends) > TIMES:
            self._given_up(f"it ended {len(self._ends)} times within a minute, the last time {how_ended(code)}")
            return
        try:
            self.pid = self._start(self.ended)
        except OSError as error:
            self._given_up(error.strerror or str(error))
            return
        beside(self._watched, self.pid, code)

    def _watched(self, pid: int, code: int) -> None:
        """Report it once it answers; if it ends before that, ``ended`` is called again."""
        answered = wait_until(lambda: self.pid != pid or self._service.answers(), PATIENCE, every=_TICK)
        if self.pid != pid:
            return
        if answered:
            how = how_ended(code)
            self._tell(f"labcheck: {self._service.name} ended ({how}). It was restarted with all its data.")
        else:
            self._given_up(f"it did not answer within {PATIENCE:.0f} seconds")

    def _given_up(self, why: str) -> None:
        words = last_error(self._service.log.read_text(encoding="utf-8", errors="replace"))
        self._tell(f"labcheck: {self._service.name} cannot be restarted: {why} ({words}).\n  {again()}")


def again() -> str:
    """The last resort: open the course again."""
    return f"Press Ctrl-C where the course was opened, then type {opening()} again. What you did is kept."
