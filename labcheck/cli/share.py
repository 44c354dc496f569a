"""The command that shows a learner on their class's wall, says whether it does, and ends it."""

from __future__ import annotations

import argparse
import os
import threading
import time
from contextlib import suppress

from labcheck.cli.terminal import tell
from labcheck.errors import OutputError, Refused
from labcheck.home import MARK, home
from labcheck.member import joined
from labcheck.share import consent
from labcheck.share.deliver import deliver, leave
from labcheck.start import note
from labcheck.start.ending import ended_as_by_ctrl_c

SEEN = "It sees your name, at which step of which lab you are, how its steps stand, and which mistake was recognised."
UNSEEN = "It sees nothing that you type, and nothing else on this machine."
STOP = "To stop: labcheck share --stop"


def share(options: argparse.Namespace) -> int:
    """Do what was asked, and say how it is now."""
    try:
        return _shared(options)
    except OSError as error:
        raise OutputError.at(home(), error, "Set LABCHECK_HOME to another.") from error


def _shared(options: argparse.Namespace) -> int:
    if options.stop:
        _withdrawn()
        print("You are on no wall: nothing is told.")
        return 0
    if options.address:
        return _given(options.address)
    if options.hand and consent.ask(time.time() if options.hand == "up" else None) is None:
        raise Refused(
            "You are on no wall, so nobody would see your hand.", f"labcheck share ADDRESS, {consent.EXAMPLE}."
        )
    print(told())
    return 0


def told() -> str:
    """How it is now."""
    now = consent.given()
    if now is None:
        return f"You are on no wall. To show your class where you are: labcheck share ADDRESS, {consent.EXAMPLE}."
    hand = "Your hand is up. " if now.asks_since is not None else ""
    return f"You are on the wall at {now.place}. {hand}\n{SEEN}\n{UNSEEN}\n{STOP}"


def _given(address: str) -> int:
    if joined() is None:
        raise Refused("A wall shows whom its class knows, and you have not joined one.", "First: labcheck join CODE")
    consent.give(address)
    print(told(), flush=True)
    if _course_tells():
        print("The wall is told as long as the course is open.")
        return 0
    print("The course is not open, so this command tells the wall. Ctrl-C stops it.", flush=True)
    with ended_as_by_ctrl_c():
        try:
            _followed()
        finally:
            with suppress(OSError):
                _withdrawn()
    return 0


def _withdrawn() -> None:
    """Tell nothing more than that; where the course is open, its own process tells it."""
    agreed, member = consent.given(), joined()
    consent.withdraw()
    if agreed and member and not _course_tells():
        leave(agreed.address, member)


def _course_tells() -> bool:
    """Whether the course is open: its process, outside its sandbox, tells what there is to tell."""
    return bool(os.environ.get(MARK) or note.read())


def _followed() -> None:
    """Tell the wall until Ctrl-C, or until the consent is withdrawn elsewhere; each trouble is said once."""
    said, over = None, threading.Event()
    for trouble in deliver(over):
        if trouble != said and (trouble or said):
            tell(trouble or "The wall is told again.")
        said = trouble
        if consent.given() is None:
            return
