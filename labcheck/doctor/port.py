"""Who holds the port of the labs' registries, and how it becomes free."""

from __future__ import annotations

from labcheck.doctor.remedy import Remedy
from labcheck.doctor.root import as_root
from labcheck.doctor.way import Way, good, unseen, warning
from labcheck.observe.machine import PORT, Listener, Machine
from labcheck.render.doctor import Line
from labcheck.snapshot import Absent, Found, Unknown

AIRPLAY = "AirTunes"
FOR_CONTAINERS = frozenset({"docker-proxy", "rootlesskit", "rootlessport", "conmon", "pasta", "slirp4netns", "ssh"})
"""What listens for an engine's containers; who ends it ends more than one port, or breaks that engine."""


def port(machine: Machine, way: Way) -> Line:
    """Who holds port 5000."""
    name = f"port {PORT}"
    containers = machine.publishing.value if isinstance(machine.publishing, Found) else ()
    listeners = machine.listeners.value if isinstance(machine.listeners, Found) else ()
    is_registry = isinstance(machine.pong, Found) and machine.pong.value.is_registry
    who, remedy = _holder(machine, containers, listeners)
    if not who and (isinstance(machine.listeners, Unknown) and isinstance(machine.pong, Unknown)):
        return unseen(name, machine.pong)
    if way is Way.SANDBOX:
        held = f" {who} outside, which does not matter." if who else ""
        return good(name, f"A sandbox has its own.{held}")
    if not who:
        return good(name, "It is free.")
    if containers and is_registry:
        return good(name, f"{who}, and a registry answers.")
    what = " (a registry)" if is_registry else ""
    return warning(name, f"{who}{what}, so a lab's registry cannot have it.", remedy.text, *remedy.commands)


def _holder(machine: Machine, containers: tuple[str, ...], listeners: tuple[Listener, ...]) -> tuple[str, Remedy]:
    """Who it is, the first half of a sentence; and how the port becomes free."""
    if containers:
        remedy = Remedy("If you are done with it:", (f"docker stop {containers[0]}",))
        return f"The container {containers[0]} publishes it", remedy
    pong = machine.pong
    if isinstance(pong, Found) and pong.value.server.startswith(AIRPLAY):
        remedy = Remedy("Switch AirPlay Receiver off in System Settings, under General, AirDrop & Handoff.")
        return "AirPlay Receiver of macOS holds it", remedy
    if named := next((it for it in listeners if it.pid), None):
        return _program(machine, named)
    if listeners or not isinstance(pong, Absent | Unknown):
        holder = "Another program" if isinstance(machine.publishing, Found) else "Something"
        return f"{holder} listens on it", Remedy("To see which, if you may:", (_who(machine),))
    return "", Remedy("")


def _program(machine: Machine, named: Listener) -> tuple[str, Remedy]:
    if named.program in FOR_CONTAINERS:
        says = f"{named.program} (process {named.pid}) holds it, probably for a container of another engine"
        return says, Remedy("Stop that container. To see which engines there are:", ("docker context ls",))
    if named.pid == 1:
        return f"{named.program} (process 1) holds it for a service", Remedy("To see more:", (_who(machine),))
    says = f"{named.program or 'A program'} (process {named.pid}) listens on it"
    return says, Remedy("If it is yours, end it:", (f"kill {named.pid}",))


def _who(machine: Machine) -> str:
    if machine.system.kind == "darwin":
        return as_root(machine, f"lsof -nP -iTCP:{PORT} -sTCP:LISTEN")
    return as_root(machine, f"ss -ltnp 'sport = :{PORT}'")
