"""A proxy stands between: it catches what is for this very machine, or it does not answer itself."""

from __future__ import annotations

import re

from labcheck import loopback
from labcheck.diagnosis import Diagnosis, Explanation
from labcheck.verdict import Fix

HERE = ",".join(loopback.NAMES)


def _told_caught(match: re.Match[str]) -> Explanation:
    proxy = f" ({match['proxy']})" if match["proxy"] else ""
    return Explanation(
        f"curl asked a proxy{proxy}, because the variable http_proxy says so. "
        "A proxy passes requests on to the internet; what is on localhost must not go there.",
        Fix((f"export no_proxy={HERE} NO_PROXY={HERE}",), "Then type the command again."),
    )


def _told_engine_s(_match: re.Match[str]) -> Explanation:
    return Explanation(
        "The Docker engine is told to send its requests through a proxy, another program, and that does not answer. "
        "docker info shows it, as HTTP Proxy and HTTPS Proxy.",
        Fix(
            advice="Correct the proxy in the engine's settings (not in this terminal), name your registry's host "
            "under No Proxy there, and start the engine anew."
        ),
    )


DIAGNOSES = (
    Diagnosis(
        "proxy-catches-localhost",
        "curl asked a proxy for what is on this machine.",
        message=(
            r"curl: \(5\) Could not resolve proxy: (?P<proxy>[^\s;]+)"
            r"|curl: \(56\) (?:Received HTTP code \d+ from proxy after CONNECT|CONNECT tunnel failed)"
            r"|curl: \(97\) "
        ),
        told=_told_caught,
    ),
    Diagnosis(
        "engine-proxy-not-answering",
        "The engine is told to go through a proxy that does not answer.",
        message=r"proxyconnect tcp: ",
        told=_told_engine_s,
    ),
)
