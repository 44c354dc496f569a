"""The docker command's own settings, in ``config.json``: who keeps the passwords, and whether it can be read."""

from __future__ import annotations

import re

from labcheck.diagnosis import Diagnosis, Explanation
from labcheck.verdict import Fix

FILE = "~/.docker/config.json"


def _told_missing(match: re.Match[str]) -> Explanation:
    return Explanation(
        f"docker is set to ask the program {match['program']} for passwords, and it is not here. "
        "Probably a product that was removed left that setting behind.",
        Fix(
            advice=f'Remove the line with "credsStore" (or "credHelpers") from {FILE}, or install the program. '
            "Then type the command again. Public images need no password."
        ),
    )


def _told_not_set_up(_match: re.Match[str]) -> Explanation:
    return Explanation(
        f"docker is set to keep passwords with the program pass ({FILE}), and pass was never set up.",
        Fix(
            advice='Set it up with gpg and pass init, or remove the line with "credsStore" from that file. '
            "Then type the command again."
        ),
    )


def _told_damaged(match: re.Match[str]) -> Explanation:
    file = match["file"]
    return Explanation(
        f"docker cannot read its settings in {file}, so it goes on without them, and without your logins.",
        Fix((f"mv {file} {file}.damaged",), "Then log in again, if you had logged in somewhere."),
    )


DIAGNOSES = (
    Diagnosis(
        "credential-helper-missing",
        "The program that keeps docker's passwords is missing.",
        message=r'exec: "(?P<program>docker-credential-[\w.-]+)": executable file not found',
        told=_told_missing,
    ),
    Diagnosis(
        "password-store-not-set-up",
        "The program that keeps docker's passwords was never set up.",
        message=r"pass not initialized",
        told=_told_not_set_up,
    ),
    Diagnosis(
        "settings-damaged",
        "docker cannot read its settings.",
        message=r"Error (?:parsing config file \(|loading config file: )(?P<file>[^\s):]+)(?=\)?: (?!open))",
        told=_told_damaged,
    ),
)
