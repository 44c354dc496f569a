"""A lock on an open file or folder, for one process at a time; it is released when the process ends."""

from __future__ import annotations

import fcntl

from labcheck.wait import wait_until


def lock(descriptor: int, *, within: float = 0, shared: bool = False) -> bool:
    """Lock the open file, waiting at most ``patience`` seconds; false if another process keeps holding the lock.

    ``shared`` locks exclude only locks that are not shared. Closing the descriptor unlocks. Raises ``OSError`` on a
    filesystem without locks.
    """
    kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX

    def is_ours() -> bool:
        try:
            fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    return wait_until(is_ours, within)
