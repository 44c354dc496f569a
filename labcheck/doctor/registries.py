"""Where images come from and go to: Docker Hub, registries without HTTPS, and who is asked for passwords."""

from __future__ import annotations

import shlex
from pathlib import Path

from labcheck.doctor.root import as_root
from labcheck.doctor.way import Way, good, unseen, warning
from labcheck.document import mapping, text, texts, truth
from labcheck.observe.machine import Hub, Machine
from labcheck.render.doctor import Line
from labcheck.snapshot import Absent, Found

ALL = frozenset({"0.0.0.0/0", "::/0"})
OWN = frozenset({"127.0.0.0/8", "::1/128"})
"""What every engine allows by itself."""
WAY_OUT = "slirp4netns"
COURSE, HUB = "course", "hub"
"""What LABCHECK_IMAGES may say besides an address."""
MINUTE, HOUR = 60, 3600


def hub(machine: Machine, way: Way) -> Line:
    """Whether Docker Hub answers, and how many pulls are left."""
    seen, name = machine.hub, "Docker Hub"
    if machine.sandbox:
        return good(name, "It is not needed: the sandbox has a mirror with the course's images.")
    if way is Way.SANDBOX and machine.source not in {"", HUB}:
        chosen = "the course images" if machine.source == COURSE else "another registry"
        return good(name, f"It is not needed: LABCHECK_IMAGES chooses {chosen}.")
    if isinstance(seen, Found):
        return _pulls(machine, seen.value, own=way is Way.SANDBOX)
    instead = "The course images are used instead." if way is Way.SANDBOX else "docker pull will find nothing new."
    return (
        warning(name, "It cannot be reached from here.", instead) if seen == Absent() else unseen(name, seen, instead)
    )


def _pulls(machine: Machine, seen: Hub, *, own: bool) -> Line:
    name = "Docker Hub"
    if own and isinstance(machine.programs, Found) and WAY_OUT not in machine.programs.value:
        says = f"It answers here, but not inside a sandbox: {WAY_OUT} is not installed. The course images are used."
        return warning(name, says, "To let the sandbox out:", as_root(machine, f"apt-get install {WAY_OUT}"))
    if seen.remaining == 0:
        window = f" It is counted anew after {_span(seen.window)}." if seen.window else ""
        says = f"It answers, but no pull without an account is left for this network.{window}"
        if own:
            return warning(name, says, "To use the course images until then:", "export LABCHECK_IMAGES=course")
        return warning(name, says, "With an account there are more:", "docker login")
    if seen.remaining is None or seen.limit is None:
        return good(name, "It answers.")
    per = f" per {_span(seen.window)}" if seen.window else ""
    return good(name, f"It answers; {seen.remaining} of {seen.limit} pulls{per} are left for this network.")


def insecure(machine: Machine) -> tuple[Line, ...]:
    """Which registries the engine may ask without HTTPS; nothing if no engine answers."""
    if not isinstance(machine.info, Found):
        return ()
    settings = mapping(machine.info.value, "RegistryConfig")
    networks = set(texts(settings, "InsecureRegistryCIDRs"))
    names = [
        key
        for key, row in sorted(mapping(settings, "IndexConfigs").items())
        if not truth(row, "Secure") and text(row, "Name")
    ]
    name = "insecure registries"
    if networks & ALL:
        says = "This engine asks every registry without HTTPS if it must, so nobody's images are safe from changes."
        return (warning(name, says, 'Name single registries in "insecure-registries" of /etc/docker/daemon.json.'),)
    others = [*names, *sorted(networks - OWN)]
    if not others:
        return (good(name, "Only registries at localhost are asked without HTTPS."),) if networks else ()
    return (good(name, f"Besides those at localhost: {', '.join(others)}."),)


def credentials(machine: Machine, way: Way) -> tuple[Line, ...]:
    """Whether the programs that keep passwords are there; nothing if none is named."""
    seen, name = machine.settings, "credential store"
    if not isinstance(seen, Found) or not (seen.value.store or seen.value.helpers):
        return ()
    settings = seen.value
    if not settings.missing:
        return (good(name, f"Passwords are kept by {settings.store or settings.helpers[0][1]}."),)
    if way is Way.SANDBOX:
        says = f"{settings.path} names {settings.missing[0]}, which is not there. A sandbox has settings of its own."
        return (good(name, says),)
    program = settings.missing[0]
    its = next((it for it, helper in settings.helpers if helper == program.removeprefix("docker-credential-")), "")
    if program in settings.of_store or not its:
        says = f"{settings.path} names {program}, which is not there, so docker run and docker login can fail."
        return (warning(name, says, 'Install that program, or remove "credsStore" from the file.'),)
    says = f"{settings.path} names {program}, which is not there, so docker run and docker login fail for {its}."
    return (warning(name, says, f'Install that program, or remove {its} from "credHelpers" in the file.'),)


def docker_settings(machine: Machine, way: Way) -> tuple[Line, ...]:
    """Whether ``docker`` can read its settings; nothing if there are none, or if all is well."""
    seen, name = machine.settings, "docker settings"
    if isinstance(seen, Absent) or (isinstance(seen, Found) and not seen.value.trouble):
        return ()
    if not isinstance(seen, Found):
        return (unseen(name, seen),)
    path, is_closed = seen.value.path, seen.value.trouble == "closed"
    says = f"You may not read {path}" if is_closed else f"{path} is damaged"
    if way is Way.SANDBOX:
        return (good(name, f"{says}. A sandbox has settings of its own."),)
    says += ", so docker does without its settings, and says so each time."
    quoted = shlex.quote(path)
    if not is_closed:
        return (warning(name, says, "To put the file aside:", f"mv {quoted} {quoted}.damaged"),)
    person = machine.person.value.name if isinstance(machine.person, Found) else "$USER"
    folder = shlex.quote(str(Path(path).parent))
    return (warning(name, says, "To have it:", as_root(machine, f"chown -R {person} {folder}")),)


def _span(seconds: int | None) -> str:
    """A span of time in the largest unit that fits."""
    seconds = seconds or 0
    for unit, word in ((HOUR, "hour"), (MINUTE, "minute")):
        if seconds >= unit:
            return f"{seconds // unit} {word}{'s' if seconds // unit > 1 else ''}"
    return f"{seconds} seconds"
