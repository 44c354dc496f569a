"""Who uses the port of the labs' registries, and how it becomes free."""

from __future__ import annotations

from contextlib import closing

from labcheck.doctor.conclusion import AsRoot, Conclusion, Remedy, good, unseen, warning
from labcheck.doctor.facts.connection import is_worth_asking
from labcheck.doctor.listening import Listener, listening_on
from labcheck.doctor.look import Look, fact
from labcheck.doctor.machine import Machine, Mode
from labcheck.doctor.rule import rule
from labcheck.document import items
from labcheck.engine import ListedContainer
from labcheck.evidence_fields import LISTED_CONTAINER
from labcheck.observe.engine.api import Engine
from labcheck.observe.engine.failures import WHO
from labcheck.observe.http.client import Client
from labcheck.observe.registry.api import Registry
from labcheck.observe.relevance import reduced
from labcheck.query import Ping, Pong
from labcheck.snapshot import Evidence, Found, Unknown

PORT = 5000
"""The port of every registry in the course's first labs."""
AIRPLAY = "AirTunes"
FOR_CONTAINERS = frozenset({"docker-proxy", "rootlesskit", "rootlessport", "conmon", "pasta", "slirp4netns", "ssh"})
"""What listens for an engine's containers; who ends it ends more than one port, or breaks that engine."""
DOMAIN = f"localhost:{PORT}"


@fact()
def listeners(_: Look) -> Found[tuple[Listener, ...]]:
    """The programs that listen on the port; nobody is an empty tuple."""
    return Found(listening_on(PORT))


@fact(WHO)
def publishing(look: Look) -> Found[tuple[str, ...]]:
    """The names of the containers that publish the port of the labs' registries now."""
    if not is_worth_asking(look):
        return Found(())
    with closing(Engine()) as engine:
        engine.refresh()
        listed = items(engine.get("/containers/json", look.deadline))
    containers = [ListedContainer(reduced(row, LISTED_CONTAINER)) for row in listed]
    return Found(tuple(it.name for it in containers if any(binding.host_port == PORT for binding in it.bindings)))


@fact(DOMAIN)
def answering(look: Look) -> Evidence[Pong]:
    """Who answers at the port."""
    with Client(look.deadline) as client:
        seen = Registry(DOMAIN, client, {}).ping()
    return Found(Ping(DOMAIN).read(seen.value)) if isinstance(seen, Found) else seen


@rule()
def port(machine: Machine) -> Conclusion | None:
    """Whether a lab's registry can be published on it."""
    name, answers = f"port {PORT}", machine.get(answering, None)
    who, remedy = _user(machine)
    if not who and isinstance(machine[listeners], Unknown) and isinstance(seen := machine[answering], Unknown):
        return unseen(name, seen.reason)
    if machine.mode is Mode.SANDBOX:
        outside = f" {who} outside, which does not matter." if who else ""
        return good(name, f"A sandbox has its own.{outside}")
    if not who:
        return good(name, "It is free.")
    is_registry = answers is not None and answers.is_registry
    if is_registry and machine.get(publishing, ()):
        return good(name, f"{who}, and a registry answers.")
    what = " (a registry)" if is_registry else ""
    return warning(name, f"{who}{what}, so a lab's registry cannot use it.", *remedy)


def _user(machine: Machine) -> tuple[str, Remedy]:
    """Who uses the port, as the first half of a sentence, and how to free it."""
    answers = machine.get(answering, None)
    for container in machine.get(publishing, ()):
        return f"The container {container} publishes it", ("If you are done with it:", f"docker stop {container}")
    if answers is not None and answers.server.startswith(AIRPLAY):
        remedy = "Switch AirPlay Receiver off in System Settings, under General, AirDrop & Handoff."
        return "AirPlay Receiver of macOS holds it", (remedy,)
    programs = machine.get(listeners, ())
    for program in programs:
        if program.pid:
            return _program(machine, program)
    if programs or answers is not None:
        who = "Another program" if isinstance(machine[publishing], Found) else "Something"
        return f"{who} listens on it", ("To see which:", _to_see(machine))
    return "", ()


def _program(machine: Machine, its: Listener) -> tuple[str, Remedy]:
    who = f"{its.program or 'A program'} (process {its.pid})"
    if its.program in FOR_CONTAINERS:
        says = f"{who} holds it, probably for a container of another engine"
        return says, ("Stop that container. To see which engines there are:", "docker context ls")
    if its.pid == 1:
        return f"{who} holds it for a service", ("To see more:", _to_see(machine))
    return f"{who} listens on it", ("If it is yours, end it:", f"kill {its.pid}")


def _to_see(machine: Machine) -> AsRoot:
    on_macos = machine.system.kind == "darwin"
    return AsRoot(f"lsof -nP -iTCP:{PORT} -sTCP:LISTEN" if on_macos else f"ss -ltnp 'sport = :{PORT}'")
