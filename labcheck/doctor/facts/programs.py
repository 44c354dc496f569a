"""Which programs are installed here, of those that a sandbox needs and those that advice depends on."""

from __future__ import annotations

import os
import shutil

from labcheck.doctor.look import Look, fact
from labcheck.sandbox.programs import PROGRAMS, SLIRP, search_path
from labcheck.snapshot import Found

ADVISED = ("apt-get", "colima", SLIRP, "sudo")
"""What advice depends on, besides what a sandbox needs."""


def path() -> str:
    """The PATH on which programs are looked for, as a sandbox looks for them."""
    return search_path(os.environ.get("PATH", ""))


@fact()
def programs(_: Look) -> Found[frozenset[str]]:
    """Those that are here."""
    where = path()
    return Found(frozenset(it for it in (*PROGRAMS, *ADVISED) if shutil.which(it, path=where)))
