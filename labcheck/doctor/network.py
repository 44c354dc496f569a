"""What stands between a command and ``localhost:5000``: where the engine is, the name, proxies."""

from __future__ import annotations

from labcheck.doctor.root import as_root
from labcheck.doctor.way import Way, good, problem, unseen, warning
from labcheck.document import text
from labcheck.observe.engine.endpoint import Endpoint
from labcheck.observe.machine import PORT, Machine
from labcheck.observe.machine.chosen import host as network_host
from labcheck.observe.machine.proxies import CATCHING, place
from labcheck.render.doctor import Line
from labcheck.snapshot import Found

HERE = frozenset({"localhost", "127.0.0.1", "::1", ""})
VIRTUAL = {"docker-desktop": "Docker Desktop", "colima": "Colima", "lima-": "Lima", "orbstack": "OrbStack"}
"""How the virtual machines of those products are called. They pass published ports on."""
NO_PROXY = ("localhost", "127.0.0.1", "::1")


def host(machine: Machine) -> tuple[Line, ...]:
    """Whether ``localhost`` is the same for the engine and for us; nothing if no engine answers."""
    if not isinstance(machine.info, Found) or not isinstance(machine.endpoint, Found):
        return ()
    chosen, name = machine.endpoint.value, "engine's host"
    its, ours = text(machine.info.value, "Name"), machine.system.hostname
    product = _virtual(its, text(machine.info.value, "OperatingSystem"))
    remote = network_host(chosen) if isinstance(chosen, Endpoint) else ""
    if remote not in HERE and its != ours:
        says = f"The engine is on {remote}: its localhost:{PORT} is not the one that labcheck and curl reach here."
        return (warning(name, says, f"Run labcheck on {remote}, or use an engine of this machine."),)
    if product:
        return (good(name, f"The engine is in {product}'s virtual machine, which passes published ports on."),)
    if its == ours or not its:
        return (good(name, "The engine is on this very machine, so localhost is the same for both."),)
    if machine.system.is_container:
        says = f"This is a container, and the engine is outside it: localhost:{PORT} is not the same for both."
        return (warning(name, says, "Start this container with --network host, or run labcheck outside it."),)
    says = f"The engine is on {its}, it says, and this is {ours}: localhost may not be the same for both."
    return (warning(name, says, f"If so, run labcheck on {its}."),)


def localhost(machine: Machine) -> Line:
    """What the name leads to."""
    seen, name = machine.localhost, "localhost"
    if not isinstance(seen, Found):
        return unseen(name, seen)
    addresses = seen.value.addresses
    if not seen.value.has_ipv4:
        up = as_root(machine, "ip link set lo up")
        says = "This machine does not reach itself at 127.0.0.1, and the course needs that."
        return problem(name, says, "To switch it on:", up)
    if "127.0.0.1" not in addresses:
        leads = f"leads to {' and '.join(addresses)} only" if addresses else "leads nowhere"
        remedy = "A registry published on IPv4 is not found by it. In /etc/hosts there should be the line:"
        return warning(name, f"The name localhost {leads}.", remedy, "127.0.0.1 localhost")
    if not seen.value.has_ipv6:
        return good(name, "It is 127.0.0.1; IPv6 is off here.")
    return good(name, "It is 127.0.0.1 and, with IPv6, ::1.")


def proxies(machine: Machine, way: Way) -> tuple[Line, ...]:
    """The proxies of this environment and of the engine; nothing where there are none."""
    lines = []
    # The first that would catch a request for localhost; or else one for HTTPS alone.
    named = sorted(machine.proxies.variables, key=lambda it: it[0] not in CATCHING)
    if named:
        variable, its_place = named[0]
        where = f"{variable} sends requests to {its_place}"
        if variable not in CATCHING:
            lines.append(good("proxy", f"{where}, but only those for HTTPS; localhost:{PORT} is asked directly."))
        elif {"*", "localhost", ".localhost"} & set(machine.proxies.exceptions):
            lines.append(good("proxy", f"{where}, but not those for localhost."))
        elif way is Way.SANDBOX:
            lines.append(good("proxy", f"{where}; inside a sandbox localhost is left out."))
        else:
            # curl takes no notice of HTTP_PROXY in capitals, because web servers set that one for their programs.
            whose = "Python's" if variable == "HTTP_PROXY" else "curl's and Python's"
            says = f"{where}, {whose} requests to localhost among them, which find no registry there."
            listed = ",".join(dict.fromkeys([*machine.proxies.exceptions, *NO_PROXY]))
            commands = f"export NO_PROXY={listed} no_proxy={listed}"
            lines.append(warning("proxy", says, "To leave localhost out:", commands))
    info = machine.info.value if isinstance(machine.info, Found) else {}
    if its := text(info, "HttpsProxy") or text(info, "HttpProxy"):
        says = f"The engine pulls and pushes through {place(its)}; registries at localhost it asks itself."
        lines.append(good("engine's proxy", says))
    return tuple(lines)


def _virtual(its: str, system: str) -> str:
    if "Docker Desktop" in system:
        return "Docker Desktop"
    return next((product for start, product in VIRTUAL.items() if its.startswith(start)), "")
