"""The process that tells the wall, beside the course. It says nothing: the page and the command do."""

from __future__ import annotations

import signal
import threading

from labcheck.share import consent
from labcheck.share.deliver import deliver


def main() -> None:
    """Tell until the consent is withdrawn, which is told last, or a signal ends this process."""
    # Whoever started it had them blocked, in a thread that leaves them to others.
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    for _ in deliver(threading.Event()):
        if consent.given() is None:
            return


if __name__ == "__main__":
    main()
