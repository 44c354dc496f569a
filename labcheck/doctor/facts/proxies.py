"""The proxies that are named here, by host and port only: their addresses may hold passwords."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from labcheck import loopback
from labcheck.doctor.conclusion import Conclusion, good, warning
from labcheck.doctor.facts.engine_info import engine_info
from labcheck.doctor.facts.port import PORT
from labcheck.doctor.look import Look, fact
from labcheck.doctor.machine import Machine, Mode
from labcheck.doctor.rule import rule
from labcheck.document import text
from labcheck.snapshot import Found

CATCHING = ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY")
"""The variables whose proxy would also be asked for ``http://localhost``."""
PROXIES = (*CATCHING, "https_proxy", "HTTPS_PROXY")
EXCEPTIONS = ("no_proxy", "NO_PROXY")


@dataclass(frozen=True, slots=True)
class Proxies:
    """Which variables name a proxy, where it is, and which hosts are asked without one."""

    variables: tuple[tuple[str, str], ...] = ()
    """Name and place."""
    exceptions: tuple[str, ...] = ()


@fact()
def proxies(_: Look) -> Found[Proxies]:
    """The proxies of this process's environment."""
    return Found(proxies_of(os.environ))


@rule()
def proxy(machine: Machine) -> Conclusion | None:
    """Whether a proxy would catch what is asked of a registry here; nothing where there is none."""
    its, name = machine.get(proxies, Proxies()), "proxy"
    # The first that would catch a request for localhost; or else one for HTTPS alone.
    named = sorted(its.variables, key=lambda it: it[0] not in CATCHING)
    if not named:
        return None
    variable, where = named[0]
    says = f"{variable} sends requests to {where}"
    if variable not in CATCHING:
        return good(name, f"{says}, but only those for HTTPS; localhost:{PORT} is asked directly.")
    if {"*", "localhost", ".localhost"} & set(its.exceptions):
        return good(name, f"{says}, but not those for localhost.")
    if machine.mode is Mode.SANDBOX:
        return good(name, f"{says}; inside a sandbox localhost is left out.")
    # curl ignores HTTP_PROXY in capitals, because web servers set that one for their programs.
    whose = "Python's" if variable == "HTTP_PROXY" else "curl's and Python's"
    says += f", even {whose} requests to localhost, and they find no registry there."
    listed = ",".join(dict.fromkeys([*its.exceptions, *loopback.NAMES]))
    return warning(name, says, "To leave localhost out:", f"export NO_PROXY={listed} no_proxy={listed}")


@rule()
def engines_proxy(machine: Machine) -> Conclusion | None:
    """Whether the engine has a proxy of its own; nothing where it has none."""
    info = machine.get(engine_info, {})
    its = text(info, "HttpsProxy") or text(info, "HttpProxy")
    if not its:
        return None
    says = f"The engine pulls and pushes through {place(its)}; it asks registries at localhost directly."
    return good("engine's proxy", says)


def proxies_of(environment: Mapping[str, str]) -> Proxies:
    """The proxies of an environment."""
    named = tuple((name, place(value)) for name in PROXIES if (value := environment.get(name, "").strip()))
    # The lower-case one wins with curl and with Python, and an empty one counts as none.
    listed = next((value for name in EXCEPTIONS if (value := environment.get(name, "").strip())), "")
    return Proxies(named, tuple(entry for part in listed.split(",") if (entry := part.strip())))


def place(address: str) -> str:
    """Host and port of a proxy's address, without the name and the password that may precede them."""
    try:
        parts = urlsplit(address if "//" in address else f"//{address}")
    except ValueError:
        return "an address that cannot be read"
    return parts.netloc.rpartition("@")[2] or "an address that cannot be read"
