"""Whether ``docker`` can read its settings, and whether the programs are there that it would ask for passwords.

It reads names, never a password.
"""

from __future__ import annotations

import os
import shlex
import shutil
from dataclasses import dataclass
from pathlib import Path

import msgspec

from labcheck.cause import Unreadable
from labcheck.doctor.conclusion import AsRoot, Conclusion, good, unseen, warning
from labcheck.doctor.facts.person import person
from labcheck.doctor.look import Look, fact
from labcheck.doctor.machine import Machine, Mode
from labcheck.doctor.rule import rule
from labcheck.document import mapping, text
from labcheck.observe.engine.contexts import folder
from labcheck.observe.trouble import CannotLook
from labcheck.snapshot import Absent, Evidence, Found, Unknown

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
    """``closed`` or ``damaged`` where ``docker`` cannot read it, and works without it."""

    @property
    def of_store(self) -> frozenset[str]:
        """The programs that the store needs."""
        return frozenset({f"docker-credential-{self.store}", STORES.get(self.store, "")})


@fact("The folder with Docker's settings")
def settings(_: Look) -> Evidence[Settings]:
    """The settings as they are; absent where there is no such file."""
    return settings_on(os.environ.get("PATH", ""))


@rule()
def docker_settings(machine: Machine) -> Conclusion | None:
    """Whether ``docker`` can read its settings; nothing if there are none, or if all is well."""
    name = "docker settings"
    match machine[settings]:
        case Unknown(reason):
            return unseen(name, reason)
        case Found(Settings(path, trouble="closed")):
            somebody = machine.get(person, None)
            own = AsRoot(f"chown -R {somebody.name if somebody else '$USER'} {shlex.quote(str(Path(path).parent))}")
            return _unreadable(machine, f"You cannot read {path}", "To make it yours:", own)
        case Found(Settings(path, trouble="damaged")):
            quoted = shlex.quote(path)
            return _unreadable(machine, f"{path} is damaged", "To put the file aside:", f"mv {quoted} {quoted}.damaged")
    return None


def _unreadable(machine: Machine, says: str, remedy: str, command: str) -> Conclusion:
    name = "docker settings"
    if machine.mode is Mode.SANDBOX:
        return good(name, f"{says}. A sandbox has settings of its own.")
    return warning(name, f"{says}, so docker works without its settings, and says so each time.", remedy, command)


@rule()
def credential_store(machine: Machine) -> Conclusion | None:
    """Whether the programs that keep passwords are there; nothing if none is named."""
    its, name = machine.get(settings, None), "credential store"
    if its is None or not (its.store or its.helpers):
        return None
    if not its.missing:
        return good(name, f"Passwords are kept by {its.store or its.helpers[0][1]}.")
    program = its.missing[0]
    says = f"{its.path} names {program}, which is not there"
    if machine.mode is Mode.SANDBOX:
        return good(name, f"{says}. A sandbox has settings of its own.")
    asked = next((it for it, helper in its.helpers if helper == program.removeprefix("docker-credential-")), "")
    if program in its.of_store or not asked:
        says += ", so docker run and docker login can fail."
        return warning(name, says, 'Install that program, or remove "credsStore" from the file.')
    says += f", so docker run and docker login fail for {asked}."
    return warning(name, says, f'Install that program, or remove {asked} from "credHelpers" in the file.')


def settings_on(path: str) -> Evidence[Settings]:
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
