"""Who owns the course's files when ``labcheck`` runs under ``sudo``: the user who ran sudo.

Only the engine has to run as root. The course's files, JupyterLab, its kernels and its terminals belong to the owner.
``sudo`` is recognised by the variable it sets; nothing is guessed.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import msgspec


class Owner(msgspec.Struct, frozen=True):
    """A user, as in the user database."""

    uid: int
    gid: int
    name: str
    home: Path
    shell: str

    def claim(self, folder: Path) -> None:
        """Create this folder for the owner. It becomes theirs, even if root created it in their home earlier.

        Raises ``OSError``.
        """
        lacking = [one for one in (folder, *folder.parents) if not one.exists()]
        for one in reversed(lacking):
            one.mkdir(mode=0o700, exist_ok=True)
            os.chown(one, self.uid, self.gid)
        if folder.stat().st_uid == 0 and folder.is_relative_to(self.home):
            os.chown(folder, self.uid, self.gid)

    def environment(self, own: Mapping[str, str]) -> dict[str, str]:
        """Root's environment changed to the owner's: nothing in it points to root's files."""
        kept = {name: value for name, value in own.items() if not name.startswith(("SUDO_", "XDG_"))}
        theirs = {"HOME": str(self.home), "USER": self.name, "LOGNAME": self.name, "SHELL": self.shell}
        running = Path(f"/run/user/{self.uid}")
        return kept | theirs | ({"XDG_RUNTIME_DIR": str(running)} if running.is_dir() else {})


def is_root() -> bool:
    """Whether we are root; Windows has none."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def behind_sudo(environment: Mapping[str, str] = os.environ) -> Owner | None:
    """The user who ran ``sudo``; ``None`` without sudo."""
    typed = environment.get("SUDO_UID", "")
    if not typed.isdecimal() or int(typed) == 0 or os.geteuid() != 0:
        return None
    import pwd  # noqa: PLC0415 - Windows has neither pwd nor sudo

    with suppress(KeyError, OverflowError):  # there is no user with that id
        entry = pwd.getpwuid(int(typed))
        return Owner(entry.pw_uid, entry.pw_gid, entry.pw_name, Path(entry.pw_dir), entry.pw_shell)
    return None
