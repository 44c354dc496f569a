"""The learner's yes to being on the class's wall: one file in the course's home. Without it nothing is told.

Whoever may write there has it: a command in a terminal, a button on the page. Removing it ends the telling at once.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import SplitResult, urlsplit

import msgspec
from msgspec.structs import replace

from labcheck.errors import Refused
from labcheck.files import PRIVATE, write_whole
from labcheck.home import claimed, home
from labcheck.owner import behind_sudo
from labcheck.ready import ready

FILE: Final = "wall.json"
MAX_BYTES: Final = 4096
PORT: Final = 8808
"""The port of a wall, where its address names none."""
EXAMPLE: Final = "such as http://192.0.2.7:8808; your instructor knows it"


class Consent(msgspec.Struct, frozen=True):
    """Where the wall is; since when the learner asks for help, in seconds of the machine's clock, if they do."""

    address: str
    asks_since: float | None = None

    @property
    def place(self) -> str:
        """The wall's host and port, as people read them."""
        return wall(self.address).netloc


def wall(written: str) -> SplitResult:
    """The address of a wall, as it was typed. Raises :class:`Refused`."""
    try:
        parts = urlsplit(written if "://" in written else f"http://{written}")
        port = parts.port or PORT
        (parts.hostname or "").encode("idna")  # as looking it up will
        parts.path.encode("ascii")
    except ValueError:
        parts, port = SplitResult("", "", "", "", ""), PORT
    if " " in written or not written.isprintable():
        parts = SplitResult("", "", "", "", "")
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.query or parts.fragment:
        raise Refused("This is not the address of a wall.", f"Type it {EXAMPLE}.")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return SplitResult(parts.scheme, f"{host}:{port}", parts.path.rstrip("/"), "", "")


def given() -> Consent | None:
    """The consent, if there is one that can be read."""
    try:
        with (home() / FILE).open("rb") as file:
            return msgspec.json.decode(file.read(MAX_BYTES), type=ready(Consent))
    except (OSError, ValueError):
        return None


def give(address: str) -> Consent:
    """Consent to a wall at this address. Raises :class:`Refused`, ``OSError``."""
    return _kept(Consent(wall(address).geturl()))


def ask(now: float | None) -> Consent | None:
    """Ask for help from now on, or no longer; nothing without consent. Raises ``OSError``."""
    consent = given()
    return _kept(replace(consent, asks_since=now)) if consent else None


def withdraw() -> None:
    """Tell nothing more. Raises ``OSError``."""
    (home() / FILE).unlink(missing_ok=True)


def _kept(consent: Consent) -> Consent:
    write_whole(claimed() / FILE, msgspec.json.encode(consent), mode=PRIVATE, owner=behind_sudo())
    return consent
