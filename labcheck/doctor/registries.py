"""Where images come from and go to: Docker Hub, registries without HTTPS, and who is asked for passwords."""

from __future__ import annotations

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
    if way is Way.INSIDE:
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
        return warning(name, says, "To let the sandbox out:", f"sudo apt-get install {WAY_OUT}")
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
    if isinstance(seen, Absent) or (isinstance(seen, Found) and not (seen.value.store or seen.value.helpers)):
        return ()
    if not isinstance(seen, Found):
        return (unseen(name, seen),)
    settings = seen.value
    if not settings.missing:
        return (good(name, f"Passwords are kept by {settings.store or settings.helpers[0][1]}."),)
    if way is Way.SANDBOX:
        says = f"{settings.path} names {settings.missing[0]}, which is not there. A sandbox has settings of its own."
        return (good(name, says),)
    key = "credsStore" if settings.store else "credHelpers"
    says = f"{settings.path} names {settings.missing[0]}, which is not there, so docker run and docker login can fail."
    return (warning(name, says, f'Install that program, or remove "{key}" from the file.'),)


def _span(seconds: int | None) -> str:
    """A span of time in the largest unit that fits."""
    seconds = seconds or 0
    for unit, word in ((HOUR, "hour"), (MINUTE, "minute")):
        if seconds >= unit:
            return f"{seconds // unit} {word}{'s' if seconds // unit > 1 else ''}"
    return f"{seconds} seconds"
