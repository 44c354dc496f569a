"""The registry asks for a password: nobody gave one, or it was not the right one."""

from __future__ import annotations

import re

from labcheck.check import Check
from labcheck.checks import ImagePushed
from labcheck.diagnoses.replies import PUSHED
from labcheck.diagnosis import Diagnosis, Explanation
from labcheck.mistakes.refused.name import MY_REGISTRY
from labcheck.mistakes.registry.answer import made_plain
from labcheck.name import domain
from labcheck.past import Past
from labcheck.query import Ping, StoredAt
from labcheck.snapshot import Found, Unknown
from labcheck.verdict import Fix

UNAUTHORISED = 401


def _wants_password(check: Check, past: Past) -> Explanation | None:
    address = domain(check.image) if isinstance(check, ImagePushed) else ""
    pong = past.now(Ping(address))
    if not isinstance(check, ImagePushed) or not isinstance(pong, Found) or pong.value.status != UNAUTHORISED:
        return None
    if not isinstance(past.now(StoredAt(check.image)), Unknown):
        return None
    return Explanation(
        f"The registry at {address} asks for a password, so labcheck cannot look into it: it never asks you for one. "
        "In this lab the registry has none.",
        made_plain(address, past) or Fix(advice="Run the registry again without that setting."),
    )


def _told_wanted(match: re.Match[str]) -> Explanation:
    where = match["domain"] or match["asked"] or MY_REGISTRY
    return Explanation(
        f"{where} asks for a password, and Docker has none for it. "
        "A login counts for one address only: localhost:5000 and 127.0.0.1:5000 are two.",
        Fix(advice=f"Type docker login {where}, then the command again."),
    )


def _told_wrong(match: re.Match[str]) -> Explanation:
    if match["login"] is None:
        registry = match["domain"] or match["asked"] or MY_REGISTRY
        login = "docker login" if re.search(r"docker\.(?:io|com)$", registry) else f"docker login {registry}"
        return Explanation(
            "The registry does not take the user and the password that Docker sent. "
            "Probably the password was changed since the login, or there was no login.",
            Fix(advice=f"Type {login}, then the command again."),
        )
    return Explanation(
        f"The registry at {match['login']} does not know this user and password. Both count letter by letter.",
        Fix(
            advice=f"Type docker login {match['login']} again. If the password is surely right, look at the "
            "registry's password file: only entries made with htpasswd -B count."
        ),
    )


DIAGNOSES = (
    Diagnosis(
        "wrong-password",
        "The registry does not know this user and password.",
        message=(
            r"(?s)"
            + PUSHED
            + r"(?:login attempt to https?://(?P<login>[^/\s]+)/v2/ failed with status: 401 Unauthorized"
            r'|(?:https?://(?P<asked>[^/"\s]+)/[^"\s]*"?: )?unauthorized: authentication required)'
        ),
        told=_told_wrong,
    ),
    Diagnosis(
        "registry-wants-password",
        "The registry asks for a password.",
        _wants_password,
        r"(?s)" + PUSHED + r'(?:(?:Get|Head|Post) "https?://(?P<asked>[^/"]+)/[^"]*": )?no basic auth credentials',
        _told_wanted,
    ),
)
