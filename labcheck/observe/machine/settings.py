"""The ``docker`` command's own settings: the programs it would ask for passwords. It reads names, never a password."""

from __future__ import annotations

import shutil
from dataclasses import dataclass

import msgspec

from labcheck.document import mapping, text
from labcheck.observe.contexts import folder
from labcheck.observe.trouble import CannotLook
from labcheck.snapshot import Absent, Evidence, Found

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


def settings(path: str) -> Evidence[Settings]:
    """The settings as they are; absent where there is no such file. ``path`` is the PATH."""
    file = folder() / "config.json"
    try:
        document: object = msgspec.json.decode(file.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return Absent()
    except OSError as error:
        raise CannotLook(f"Docker's settings in {file} cannot be read: {error.strerror}.") from None
    except msgspec.DecodeError:
        raise CannotLook(f"Docker's settings in {file} are not JSON, so docker ignores them.") from None
    store = text(document, "credsStore")
    helpers = tuple(
        (registry, helper)
        for registry, helper in sorted(mapping(document, "credHelpers").items())
        if isinstance(helper, str)
    )
    named = dict.fromkeys(name for name in (store, *(helper for _, helper in helpers)) if name)
    wanted = [program for name in named for program in (f"docker-credential-{name}", STORES.get(name)) if program]
    return Found(Settings(str(file), store, helpers, tuple(it for it in wanted if not shutil.which(it, path=path))))
