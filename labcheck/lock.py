"""Of several processes one comes first: a lock on an open file or folder, which ends with the process that holds it."""

from __future__ import annotations

import fcntl

from labcheck.wait import wait_until


def lock(descriptor: int, *, within: float = 0, shared: bool = False) -> bool:
    """Lock what is open there, waiting at most so many seconds; false if another process holds the lock all that time.

    ``shared`` locks keep out only those that are not. Closing the descriptor unlocks. Raises ``OSError`` on a
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
