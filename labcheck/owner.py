"""Whose the course is when ``labcheck`` was typed behind ``sudo``: theirs who typed it.

Only an engine has to be root. The course's files, JupyterLab, its kernels and its terminals are the owner's. It knows
``sudo`` by the variable that sudo sets, and guesses nothing.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import msgspec


class Owner(msgspec.Struct, frozen=True):
    """A person, as the user database knows them."""

    uid: int
    gid: int
    name: str
    home: Path
    shell: str

    def claim(self, folder: Path) -> None:
        """Have this folder. What is made for it is theirs, and so is a folder in their home that root made before.

        Raises ``OSError``.
        """
        lacking = [one for one in (folder, *folder.parents) if not one.exists()]
        for one in reversed(lacking):
            one.mkdir(mode=0o700, exist_ok=True)
            os.chown(one, self.uid, self.gid)
        if folder.stat().st_uid == 0 and folder.is_relative_to(self.home):
            os.chown(folder, self.uid, self.gid)

    def environment(self, own: Mapping[str, str]) -> dict[str, str]:
        """Root's environment made theirs: nothing in it leads to root's files."""
        kept = {name: value for name, value in own.items() if not name.startswith(("SUDO_", "XDG_"))}
        theirs = {"HOME": str(self.home), "USER": self.name, "LOGNAME": self.name, "SHELL": self.shell}
        running = Path(f"/run/user/{self.uid}")
        return kept | theirs | ({"XDG_RUNTIME_DIR": str(running)} if running.is_dir() else {})


def behind_sudo(environment: Mapping[str, str] = os.environ) -> Owner | None:
    """Who typed ``sudo``, where this is root and somebody did."""
    typed = environment.get("SUDO_UID", "")
    if not typed.isdecimal() or int(typed) == 0 or os.geteuid() != 0:
        return None
    import pwd  # noqa: PLC0415 - Windows has none, and no sudo either

    with suppress(KeyError, OverflowError):  # the user database knows nobody of that number
        entry = pwd.getpwuid(int(typed))
        return Owner(entry.pw_uid, entry.pw_gid, entry.pw_name, Path(entry.pw_dir), entry.pw_shell)
    return None
