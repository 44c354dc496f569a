"""What goes wrong between the docker command and a registry that is there, as the message tells: TLS, room, errors."""

from __future__ import annotations

import re

from labcheck.diagnosis import Diagnosis, Explanation
from labcheck.verdict import Fix

URL = r"://(?P<address>(?![^/\s]{0,200}docker\.(?:io|com)/)[^/\"\s]{1,200})/[^\"\s]{0,500}\"?: "
"""The address a request went to, as the engine names it in front of what went wrong; not Docker Hub's."""

STATUS = r"unexpected HTTP status|unexpected status(?: code)?(?: from [A-Z]+ request to (?!https://[^/]*docker\.)\S+)?"
"""What stands before the status of an answer, as one image store of the engine says it and as the other does."""

LOGIN = r"login attempt to https?://(?![^/]*docker\.)\S+"


def _told_not_trusted(match: re.Match[str]) -> Explanation:
    address = match["address"]
    return Explanation(
        f"The registry at {address} shows a certificate that Docker does not trust, probably a home-made one.",
        Fix(
            advice="Copy the certificate of who signed it (a home-made one has signed itself) to "
            f"/etc/docker/certs.d/{address}/ca.crt, then type the command again. Docker need not be restarted."
        ),
    )


def _told_other_name(match: re.Match[str]) -> Explanation:
    names = (match["names"] or "").strip()
    valid = f"it was made for {names}" if names else "it names no address at all"
    return Explanation(
        f"The certificate of {match['address']} is not for that address: {valid}.",
        Fix(
            advice="Call the registry by a name that its certificate was made for, or make the certificate anew for "
            "this address. The command is on the page:\n    labcheck explain certificate-for-another-name"
        ),
    )


def _told_read_only(_match: re.Match[str]) -> Explanation:
    return Explanation(
        "This registry takes no pushes: it is set to read-only, or it is a mirror that only hands on another's images.",
        Fix(
            advice="Run the registry without that setting (REGISTRY_STORAGE_MAINTENANCE_READONLY, REGISTRY_PROXY_...)."
        ),
    )


def _told_full(match: re.Match[str]) -> Explanation:
    registry = match["registry"]
    if begun := match["begun"]:
        return Explanation(
            f"{begun.removeprefix('library/')} was found, and its download began, so the name is right. What ended it "
            "docker does not say. Probably there is no room left on the disk.",
            Fix(
                advice="df -h shows how full each disk is, and docker system df what Docker's things take.\n"
                "docker image prune removes images without a name.\n"
                "Make room, then type the command again."
            ),
        )
    whose = "The registry has no room left for what is pushed" if registry else "There is no room left on the disk"
    return Explanation(
        f"{whose}.",
        Fix(
            advice="docker system df shows what Docker's things take.\n"
            "docker image prune removes images without a name.\n"
            "Make room, then type the command again."
        ),
    )


def _told_server_error(match: re.Match[str]) -> Explanation:
    return Explanation(
        f"The registry answered, but with an error of its own ({match['status']}). Probably its disk is full, or "
        "something in between (a proxy) answered in its place.",
        Fix(advice="Its log says more:\n    docker logs --tail 20 my-registry 2>&1 | labcheck explain"),
    )


def _told_reset(match: re.Match[str]) -> Explanation:
    return Explanation(
        f"{match['address'] or 'The port'} accepts a connection, but nobody behind it answers. Probably the registry "
        "is still starting, or it listens elsewhere inside its container.",
        Fix(
            advice="Wait a second and try again. If it stays so, run the registry anew, with -p 5000:5000 "
            "and without REGISTRY_HTTP_ADDR."
        ),
    )


DIAGNOSES = (
    Diagnosis(
        "certificate-for-another-name",
        "The registry's certificate is for another address.",
        message=(
            URL + r"(?:tls: [^\n]*)?x509: (?:cannot validate certificate for \S+ because it doesn't contain any IP SANs"
            r"|certificate is valid for (?P<names>.*?), not \S+)"
        ),
        told=_told_other_name,
    ),
    Diagnosis(
        "certificate-not-trusted",
        "Docker does not trust the registry's certificate.",
        message=URL + r"(?:tls: [^\n]*)?x509: certificate signed by unknown authority",
        told=_told_not_trusted,
    ),
    Diagnosis(
        "registry-read-only",
        "The registry takes no pushes.",
        message=(
            r"parsing HTTP 405 response body|(?m:^)unknown: Method not allowed"
            r"|unsupported: The operation is unsupported|Retrying in [^\n]*\s+unsupported\s*\Z"
            rf"|(?:{STATUS}): 405 "
        ),
        told=_told_read_only,
    ),
    Diagnosis(
        "disk-full",
        "There is no room left on the disk.",
        message=(
            r"(?i)(?:(?P<registry>/docker/registry/v2/)[^\s:]{0,400}: )?"
            r"(?:no space left on device|disk quota exceeded|not enough space on the disk)"
            # A mirror was asked first, and gave it. Where it cannot be kept, docker asks Docker Hub, and tells of that.
            r"|Pulling from (?P<begun>\S+)\s(?>(?:(?!Pulling from|Status: )[\s\S])*?: Pulling fs layer)"
            r'(?:(?!Pulling from|Status: )[\s\S])*?"https://registry-1\.docker\.io/v2/(?:[^"\s]+/manifests/[^"\s]+)?": '
            r"(?:dial|read|net/http|context|EOF|proxy)"
        ),
        told=_told_full,
    ),
    Diagnosis(
        "registry-error",
        "The registry answers with an error of its own.",
        message=rf"(?:{STATUS}|{LOGIN} failed with status): (?P<status>50\d [A-Z][A-Za-z ]*)",
        told=_told_server_error,
    ),
    Diagnosis(
        "connection-reset",
        "The port accepts a connection, but nobody behind it answers.",
        message=(
            rf"https?{URL}(?:read tcp [^\n]*connection reset by peer|EOF|http: server closed"
            r"|[^\n]*transport closed before response)"
            r"|curl: \(56\) Recv failure: Connection reset by peer|curl: \(52\) Empty reply from server"
        ),
        told=_told_reset,
    ),
)
