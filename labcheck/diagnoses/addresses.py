"""Addresses that lead nowhere, as the message tells: no such name, no way to it, another computer's localhost."""

from __future__ import annotations

import re
from difflib import get_close_matches
from ipaddress import ip_address, ip_network

from labcheck.diagnosis import Diagnosis, Explanation
from labcheck.verdict import Fix

CONTAINERS = ip_network("172.16.0.0/12")
"""Docker gives its containers addresses out of these; a few companies have computers there, too."""
CONTAINER = r"172\.(?:1[6-9]|2\d|3[01])\.\d+\.\d+"
ELSEWHERE = r"(?!localhost|127\.|\[::1\])"
"""In front of an address that is not this computer's own."""
ASKED = r'(?P<address>(?![^/\s]{0,200}docker\.(?:io|com)/)[^/"\s]{1,200})/v2/[^"\s]{0,500}"?: dial tcp'
"""The address of a registry that was asked, as the engine names it; not Docker Hub's, and not the engine's own."""
TIMES = "[Tt]imed out|Timeout was reached"


def _told_builder(match: re.Match[str]) -> Explanation:
    name, registry = match["name"], match["registry"]
    if name:
        mend = f"Build with --load in the place of --push, then type:\n    docker push {name}"
    else:
        mend = "This makes a builder that shares localhost:\n    docker buildx create --use --driver-opt network=host"
    return Explanation(
        "Probably the builder runs in a container of its own, where localhost is that container, not this computer.",
        Fix(advice=f"{mend}\nIf curl {registry}/v2/ is refused, too, the registry does not run."),
    )


def _told_unreachable(match: re.Match[str]) -> Explanation:
    address = match["address"] or f"{match['host'] or match['container']}:{match['port'] or match['own']}"
    host, _, port = address.rpartition(":") if ":" in address else (address, "", "5000")
    if _is_container_s(host):
        return Explanation(
            f"{host} is probably a container's own address. It changes when containers start again, and on a Mac "
            "and on Windows nothing leads to it from outside.",
            Fix(advice=f"Publish the port (-p {port}:{port}) and use it on localhost:\n    curl localhost:{port}/v2/"),
        )
    return Explanation(
        f"Nothing leads from here to {address}. Probably the address is mistyped, that computer is off, "
        "or a firewall stands between.",
        Fix(advice="A registry on this computer is localhost:5000; docker ps shows its port."),
    )


def _is_container_s(host: str) -> bool:
    try:
        return ip_address(host) in CONTAINERS
    except ValueError:
        return False


def _told_no_such_host(match: re.Match[str]) -> Explanation:
    host = match["host"] or match["curl"]
    if get_close_matches(host, ["localhost"], 1, 0.75):
        return Explanation(
            f"No computer called {host} can be found. Probably localhost is meant.",
            Fix(advice=f"Type the command again, with localhost in the place of {host}."),
        )
    if "." not in host:
        return Explanation(
            f"No computer called {host} can be found. Probably it is a container's name: only other containers of "
            "its network know that, not the Docker engine, nor curl on this computer.",
            Fix(advice="From here the registry is localhost with the port that docker ps shows, as localhost:5000."),
        )
    return Explanation(
        f"No computer called {host} can be found. Probably it is mistyped, or this machine has no network.",
        Fix(advice="Look at the name letter by letter. A registry on this computer is localhost:5000."),
    )


DIAGNOSES = (
    Diagnosis(
        "builder-in-a-container",
        "A builder in a container looks for the registry on its own localhost.",
        message=(
            r"failed to solve: (?:(?!failed to )[^\n]){0,500}"
            r"(?:failed to push (?P<name>\S+): |failed to resolve source metadata for \S+: )?failed to do request: "
            r'[A-Z][a-z]+ "?https?://(?P<registry>(?:localhost|127\.0\.0\.1)(?::\d+)?)/[^\n]*: connection refused'
        ),
        told=_told_builder,
    ),
    Diagnosis(
        "no-such-host",
        "No computer has this name.",
        message=(
            rf"://{ASKED}: lookup (?P<host>\S+?)(?: on \S+)?: "
            r"(?:no such host|server misbehaving|Temporary failure in name resolution|read udp \S+ )"
            r"|curl: \(6\) Could not resolve host: (?P<curl>\S+)"
        ),
        told=_told_no_such_host,
    ),
    Diagnosis(
        "address-unreachable",
        "Nothing leads to the registry's address.",
        message=(
            rf"://{ELSEWHERE}{ASKED} \S+ (?:i/o timeout|connect: (?:no route to host|network is unreachable"
            r"|connection timed out|can't assign requested address))"
            rf"|curl: \((?:7|28)\) Failed to connect to {ELSEWHERE}(?P<host>\S+) port (?P<port>\d+)\b[^\n]*"
            rf"(?:No route to host|Network is unreachable|Can't assign requested address|{TIMES})"
            rf"|curl: \(7\) Failed to connect to (?P<container>{CONTAINER}) port (?P<own>\d+)\b"
        ),
        told=_told_unreachable,
    ),
)
