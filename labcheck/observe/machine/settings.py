"""The ``docker`` command's own settings: the programs it would ask for passwords. It reads names, never a password."""

from __future__ import annotations

import shutil
from dataclasses import dataclass

import msgspec

from labcheck.cause import Unreadable
from labcheck.document import mapping, text
from labcheck.observe.engine.contexts import folder
from labcheck.observe.trouble import CannotLook
from labcheck.snapshot import Absent, Evidence, Found

KINDS = {"credsStore": str, "credHelpers": dict, "auths": dict}
"""What ``docker`` takes these for; where one is anything else, it reads nothing of the file."""
STORES = {"pass": "pass"}
"""What a credential helper itself cannot do without."""


@dataclass(frozen=True, slots=True)
class Settings:
    """A settings file, and what it names: the store, helpers by registry, and which programs are not there."""

    path: str
    store: str = ""
    helpers: tuple[tuple[str, str], ...] = ()
    """Registry and helper."""
    missing: tuple[str, ...] = ()
    """The programs that are named, and are not on the PATH."""
    trouble: str = ""
    """``closed`` or ``damaged`` where ``docker`` cannot read it, and works without."""

    @property
    def of_store(self) -> frozenset[str]:
        """The programs that the store needs."""
        return frozenset({f"docker-credential-{self.store}", STORES.get(self.store, "")})


def settings(path: str) -> Evidence[Settings]:
    """The settings as they are; absent where there is no such file. ``path`` is the PATH."""
    file = folder() / "config.json"
    try:
        document: object = msgspec.json.decode(file.read_bytes().strip() or b"null")
    except (FileNotFoundError, NotADirectoryError):
        return Absent()
    except PermissionError:
        return Found(Settings(str(file), trouble="closed"))
    except OSError as error:
        raise CannotLook(f"Docker's settings in {file} cannot be read: {error.strerror}.", Unreadable()) from None
    except (msgspec.DecodeError, RecursionError):
        return Found(Settings(str(file), trouble="damaged"))
    if document is None:
        return Found(Settings(str(file)))
    if not isinstance(document, dict) or any(
        key in document and not isinstance(document[key], kind) for key, kind in KINDS.items()
    ):
        return Found(Settings(str(file), trouble="damaged"))
    store = text(document, "credsStore")
    helpers = tuple(
        (registry, helper)
        for registry, helper in sorted(mapping(document, "credHelpers").items())
        if isinstance(helper, str)
    )
    named = dict.fromkeys(name for name in (store, *(helper for _, helper in helpers)) if name)
    wanted = [program for name in named for program in (f"docker-credential-{name}", STORES.get(name)) if program]
    missing = tuple(it for it in wanted if not shutil.which(it, path=path))
    return Found(Settings(str(file), store, helpers, missing))
