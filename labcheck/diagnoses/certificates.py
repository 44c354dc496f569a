"""Certificates that nobody accepts any more: one that has run out, one of the old kind that names no address."""

from __future__ import annotations

import re

from labcheck.diagnoses.connection import URL
from labcheck.diagnosis import Diagnosis, Explanation
from labcheck.verdict import Fix

HUB = r"docker\.(?:io|com)$"


def _told_expired(match: re.Match[str]) -> Explanation:
    address, day = match["address"] or "", (match["limit"] or "").partition("T")[0]
    whose = f"The certificate of {address}" if address else "The certificate"
    if match["side"] == "before" or "not yet valid" in (match["curl"] or ""):
        when = f"valid from {day} on" if day else "not valid yet"
    elif re.search(HUB, address):
        when = f"valid until {day}" if day else "not valid today"
    else:
        ran_out = f"ran out on {day}" if day else "has run out"
        return Explanation(
            f"{whose} {ran_out}: a certificate is valid for a time only.",
            Fix(
                advice="Make the certificate anew, with more -days, and start the registry with it. "
                "The command is on the page:\n    labcheck explain certificate-expired"
            ),
        )
    return Explanation(
        f"{whose} is {when}, says this computer. Probably its clock is wrong; date shows it.",
        Fix(advice="Set the clock, then type the command again."),
    )


def _told_no_names(match: re.Match[str]) -> Explanation:
    address = match["address"]
    host = address.rpartition(":")[0] or address
    kind = "IP" if re.fullmatch(r"[\d.]+", host) else "DNS"
    return Explanation(
        f"The certificate of {address} names its address only in an old place, called Common Name, which counts no "
        "more. The place that counts is called subjectAltName.",
        Fix(
            advice="Make the certificate anew, with this in the openssl command:\n"
            f"    -addext subjectAltName={kind}:{host}\nThen start the registry with it."
        ),
    )


DIAGNOSES = (
    Diagnosis(
        "certificate-expired",
        "The registry's certificate is not valid today.",
        message=(
            r'(?:://(?P<address>[^/"\s]{1,200})/[^"\s]{0,500}"?: )?(?:tls: failed to verify certificate: )?'
            r"x509: certificate has expired or is not yet valid"
            r"(?:: current time \S+ is (?P<side>before|after) (?P<limit>\S+))?"
            r"|curl: \(60\) SSL certificate problem: certificate (?P<curl>has expired|is not yet valid)"
        ),
        told=_told_expired,
    ),
    Diagnosis(
        "certificate-without-names",
        "The registry's certificate is of the old kind, which names no address.",
        message=(
            URL + r"(?:tls: failed to verify certificate: )?x509: certificate (?:relies on legacy Common Name field"
            r"|is not valid for any names, but wanted to match)"
        ),
        told=_told_no_names,
    ),
)
