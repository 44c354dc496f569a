"""Who runs this process: root or not, and in which groups, now and at the next log-in."""

from __future__ import annotations

import os
from dataclasses import dataclass

from labcheck.cause import NotSupported
from labcheck.doctor.look import Look, fact
from labcheck.observe.trouble import CannotLook
from labcheck.owner import behind_sudo
from labcheck.snapshot import Found


@dataclass(frozen=True, slots=True)
class Person:
    """A person, as this process knows them and as the user database does."""

    uid: int
    name: str
    groups: frozenset[str]
    """The groups of this process: those the person had when they logged in."""
    enrolled: frozenset[str]
    """The groups that the next log-in will give."""
    is_behind_sudo: bool = False

    @property
    def is_root(self) -> bool:
        """Whether nothing is forbidden to them."""
        return self.uid == 0


@fact("The user database")
def person(_: Look) -> Found[Person]:
    """Whoever runs this process. The user database may be on another machine, so this can take a while."""
    try:
        import grp  # noqa: PLC0415 - Windows has neither
        import pwd  # noqa: PLC0415 - as above
    except ImportError:
        sentence = "This system has no users and groups of the kind that Docker's socket asks for."
        raise CannotLook(sentence, NotSupported()) from None

    def named(number: int) -> str:
        try:
            return grp.getgrgid(number).gr_name
        except KeyError:
            return str(number)

    uid = os.geteuid()
    try:
        entry = pwd.getpwuid(uid)
        name, enrolled = entry.pw_name, os.getgrouplist(entry.pw_name, entry.pw_gid)
    except KeyError:
        name, enrolled = str(uid), []
    groups = frozenset(map(named, {*os.getgroups(), os.getegid()}))
    return Found(Person(uid, name, groups, frozenset(map(named, enrolled)), behind_sudo() is not None))
