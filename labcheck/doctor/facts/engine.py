"""Whether the engine that the ``docker`` command talks to answers, and how it is started where it does not."""

from __future__ import annotations

from typing import Final

from labcheck.doctor.advice.products import product
from labcheck.doctor.advice.start import restart, start, start_the_chosen, use
from labcheck.doctor.conclusion import Conclusion, good, problem, unseen, warning
from labcheck.doctor.facts.chosen_engine import chosen
from labcheck.doctor.facts.connection import Attempt, Connection, connection
from labcheck.doctor.facts.engine_info import engine_info, is_podman
from labcheck.doctor.facts.insecure_registries import named_insecure
from labcheck.doctor.facts.other_sockets import other_sockets
from labcheck.doctor.machine import Machine
from labcheck.doctor.rule import Need, rule
from labcheck.document import Document, text, texts
from labcheck.loopback import NAMES
from labcheck.observe.engine.endpoint import Endpoint
from labcheck.snapshot import Absent, Found, Unknown

ALLOW: Final = (
    "Use a Docker engine. Or allow the registry, for each port of the course, in /etc/containers/registries.conf "
    '([[registry]], location = "localhost:5000", insecure = true), then restart Podman: it reads that only when it '
    "starts."
)
OVER_SSH = "Over SSH labcheck needs the package paramiko, and a key that asks for no password."


@rule(Need.ENGINE)
def engine(machine: Machine) -> Conclusion | None:
    """Whether an engine answers; nothing where none is meant, or where it is closed to this person."""
    its = machine.get(chosen, None)
    if not isinstance(its, Endpoint):
        return None
    match machine[engine_info], machine[connection]:
        case Found(info), _:
            return _answers(machine, info)
        case _, Found(Connection(attempt=Attempt.MISSING | Attempt.REFUSED)):
            return _nobody_there(machine, its)
        case (_, Unknown(reason)) | (Unknown(reason), Found(Connection(attempt=Attempt.CONNECTED))):
            return unseen("engine", reason, *restart(machine, its))
        case Unknown(reason), Absent():
            return unseen("engine", reason, OVER_SSH)
    return None


def _answers(machine: Machine, info: Document) -> Conclusion:
    if is_podman(machine):
        return _podman(machine)
    if (kind := text(info, "OSType")) not in {"linux", ""}:
        says = f"This engine runs {kind.capitalize()} containers; the course's are for Linux."
        return problem("engine", says, "Switch to Linux containers, in Docker Desktop's menu.")
    rootless = any("rootless" in row for row in texts(info, "SecurityOptions"))
    return good("engine", f"Docker {text(info, 'ServerVersion')} answers{', without root' if rootless else ''}.")


def _podman(machine: Machine) -> Conclusion:
    allowed = [name for name in named_insecure(machine) if name.rpartition(":")[0] in NAMES]
    proves = "It reports pushes that failed, too, so labcheck goes by what it sees: look after each step."
    if allowed:
        asks = f"It asks {' and '.join(allowed)} without HTTPS, and any other registry in HTTPS only."
        return good("engine", f"Podman answers in Docker's place. {asks} {proves}")
    says = f"Podman answers in Docker's place. It asks every registry in HTTPS, even one at localhost. {proves}"
    return warning("engine", says, ALLOW)


def _nobody_there(machine: Machine, chosen: Endpoint) -> Conclusion:
    says = f"Nothing answers at {chosen}."
    if other := next((it for it in machine.get(other_sockets, ()) if it.path != chosen.socket), None):
        says += f" {other.product or 'An engine'} listens at {other.path}."
        return problem("engine", says, *use(machine, other.path))
    if chosen.chosen_by and not product(chosen.socket):
        return problem("engine", says, *start_the_chosen(machine))
    return problem("engine", says, *start(machine, chosen))
