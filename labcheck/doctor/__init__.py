"""Is this machine ready for the course, and if not, what to do? ``examine`` looks and judges; ``judge`` only judges.

A problem is what keeps the course from running; so there are problems exactly where it cannot run. Whatever did not
answer in time is "could not look", which is never "good". It mends nothing itself.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

from labcheck.cause import Unreadable
from labcheck.doctor import client, engine, machine, network, port, registries, sandbox
from labcheck.doctor.upshot import upshot
from labcheck.doctor.way import Way, good, is_open, softened
from labcheck.errors import LabcheckError
from labcheck.home import MARK, home, journal
from labcheck.observe.machine import Course, Machine, look
from labcheck.render.doctor import Line, State
from labcheck.sandbox import images
from labcheck.sandbox.programs import PROGRAMS, search_path
from labcheck.snapshot import Absent, Evidence, Found, Unknown

__all__ = ["examine", "exit_code", "judge"]

DEADLINE = 5.0
PROGRAMS_TO_NAME = ("apt-get", "colima", "slirp4netns", "sudo")
"""Besides what a sandbox needs: what remedies depend on."""


def examine(seconds: float = DEADLINE) -> tuple[Line, ...]:
    """Look at this machine for at most so many seconds, and say how it stands; the last line sums up."""
    inside = os.environ.get(MARK, "")
    return judge(
        look(
            Course(
                programs=(*PROGRAMS, *PROGRAMS_TO_NAME),
                path=search_path(os.environ.get("PATH", "")),
                home=journal().parent if inside else home(),
                images=_images,
                sandbox=inside,
                source=os.environ.get("LABCHECK_IMAGES", "").strip(),
            ),
            seconds,
        )
    )


def judge(seen: Machine) -> tuple[Line, ...]:
    """How a machine stands, the same for the same facts."""
    either = (client.command(seen), machine.home(seen))
    loopback = network.localhost(seen)
    blocked = any(line.state is State.PROBLEM for line in (*either, loopback))
    of_sandbox = () if seen.sandbox else (*sandbox.lines(seen), *machine.sandbox_room(seen))
    of_engine = (*engine.lines(seen), *client.api(seen), *client.talk(seen))
    # What would be the way but for what every way needs; there is no need to mend more than that.
    way = _way(seen, of_sandbox, of_engine)
    return (
        *machine.software(seen),
        machine.memory(seen),
        *either,
        *(_aside(of_sandbox) if way is Way.ENGINE else of_sandbox),
        *(_spare(seen, of_engine) if way is Way.SANDBOX else of_engine),
        *client.store(seen),
        *client.platform(seen, way),
        *network.host(seen),
        *machine.engine_room(seen, way),
        loopback,
        port.port(seen, way),
        *network.proxies(seen, way),
        *registries.insecure(seen),
        *registries.docker_settings(seen, way),
        *registries.credentials(seen, way),
        registries.hub(seen, way),
        upshot(seen, Way.NONE if blocked else way, blocked=blocked),
    )


def exit_code(lines: Sequence[Line]) -> int:
    """0 if the course can run here, 1 if not."""
    return int(any(line.state is State.PROBLEM for line in lines))


def _way(seen: Machine, of_sandbox: Sequence[Line], of_engine: Sequence[Line]) -> Way:
    if seen.sandbox:
        return Way.INSIDE if is_open(of_engine) else Way.NONE
    if is_open(of_sandbox):
        return Way.SANDBOX
    return Way.ENGINE if is_open(of_engine) else Way.NONE


def _aside(of_sandbox: Sequence[Line]) -> tuple[Line, ...]:
    """The sandbox's lines where the course runs without one: what it would be filled with is then no matter."""
    return tuple(
        good(line.name, f"{line.says} Without a sandbox they are not needed.") if _lacks_images(line) else line
        for line in softened(of_sandbox)
    )


def _lacks_images(line: Line) -> bool:
    return line.name == sandbox.IMAGES and line.state is State.WARNING


def _spare(seen: Machine, of_engine: Sequence[Line]) -> tuple[Line, ...]:
    """The engine's lines where the course brings one of its own: that none answers is then no trouble."""
    others = isinstance(seen.places, Found) and bool(seen.places.value)
    if others or engine.chosen_by_hand(seen):
        return softened(of_engine)
    return tuple(
        good(line.name, f"{line.says} A sandbox has an engine of its own.") if line.state is State.PROBLEM else line
        for line in of_engine
        if line.name != "endpoint"
    )


def _images() -> Evidence[int]:
    try:
        held = images.held()
    except LabcheckError as error:
        return Unknown(f"{error} {error.remedy}", Unreadable())
    except OSError as error:
        return Unknown(f"The course images cannot be looked at: {error.strerror}.", Unreadable())
    return Found(len(held)) if held else Absent()
