"""HTTP where HTTPS is expected, and the reverse: as Docker, Podman and curl put it."""

from __future__ import annotations

import re

from labcheck.diagnoses.replies import PUSHED
from labcheck.diagnosis import Diagnosis, Explanation
from labcheck.engine import LOOPBACK
from labcheck.verdict import Fix

TO_DOCKER = (
    PUSHED + r'https://(?P<address>[^/"]+)/[^"]*"?: '
    r"(?:http: server gave HTTP response to HTTPS client"
    r"|(?P<neither>tls: first record does not look like a TLS handshake|tls: oversized record received))"
)
TO_CURL = r"curl: \(35\)[^\n]*(?:wrong version number|record layer|unexpected message)"


def _told_http(match: re.Match[str]) -> Explanation:
    address = match["address"]
    if address is None:
        return Explanation(
            "The registry speaks plain HTTP, and it was asked in HTTPS.",
            Fix(advice="Write http:// in front of the address, or leave the https:// out."),
        )
    is_here = address.rpartition(":")[0].strip("[]") in LOOPBACK
    if is_here and match["neither"]:
        return Explanation(
            f"What answers at {address} does not speak HTTPS, and hardly HTTP. Docker asks a registry at localhost in "
            "both, so probably it is none: another program holds the port.",
            Fix(
                advice="docker ps shows which container has which port, and sudo ss -ltnp which program. "
                "On a Mac it is probably AirPlay Receiver."
            ),
        )
    if is_here:
        return Explanation(
            f"What answers at {address} speaks plain HTTP, and it was asked in HTTPS. Docker tries both at localhost; "
            "Podman does not, and probably this is Podman.",
            Fix(advice="Use the docker command, or give Podman's the option --tls-verify=false."),
        )
    return _told_by_another_address(match, address)


def _told_by_another_address(match: re.Match[str], address: str) -> Explanation:
    ours = f"localhost:{address.rpartition(':')[2]}"
    why = (
        f"The registry at {address} speaks plain HTTP. Docker accepts that only from this computer, "
        "by the names localhost and 127.0.0.1."
    )
    if match["path"] is None:
        return Explanation(
            why,
            Fix(
                advice=f"If it is on this computer, call it {ours}. "
                "If it is on another, the page says what to set:\n    labcheck explain http-not-https"
            ),
        )
    image = f"{ours}/{match['path']}"
    return Explanation(
        f"{why} If it is here, use that.",
        Fix((f"docker image tag {match['domain']}/{match['path']} {image}", f"docker push {image}")),
    )


def _told_https(_match: re.Match[str]) -> Explanation:
    return Explanation(
        "The registry speaks HTTPS, and it was asked in plain HTTP.",
        Fix(advice="Write https:// in front of the address. With a certificate made by hand, curl needs -k, too."),
    )


DIAGNOSES = (
    Diagnosis(
        "http-not-https",
        "The registry speaks plain HTTP, and it was asked in HTTPS.",
        message=f"(?s){TO_DOCKER}|{TO_CURL}",
        told=_told_http,
    ),
    Diagnosis(
        "https-not-http",
        "The registry speaks HTTPS, and it was asked in plain HTTP.",
        message=r"Client sent an HTTP request to an HTTPS server",
        told=_told_https,
    ),
)
