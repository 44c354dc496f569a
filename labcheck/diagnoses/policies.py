"""Mistakes with the restart policy: none, another one, one that does not exist, or one that --rm forbids."""

from __future__ import annotations

import re

from labcheck.check import Check
from labcheck.checks import RestartPolicy
from labcheck.diagnosis import Diagnosis, Explanation
from labcheck.engine import Container
from labcheck.mistakes import seen
from labcheck.mistakes.rerun import rerun
from labcheck.past import Past
from labcheck.verdict import Fix

POLICIES = ("no", "always", "unless-stopped", "on-failure")
MEANINGS = {
    "unless-stopped": "it stays away after docker stop, even when the engine starts again",
    "on-failure": "it comes back only after an error, and not when the engine starts again",
}


def _removed_at_its_end(check: Check, past: Past) -> Explanation | None:
    it = _container(check, past)
    if it is None or not it.is_removed_at_its_end or not isinstance(check, RestartPolicy):
        return None
    return Explanation(
        f"{it.name} was run with --rm, so Docker removes it when it ends, and cannot restart it. "
        "That cannot be changed later, so make it anew.",
        rerun(it, policy=check.policy),
    )


def _none(check: Check, past: Past) -> Explanation | None:
    it = _container(check, past)
    if it is None or it.restart_policy != "no" or not isinstance(check, RestartPolicy):
        return None
    return Explanation(
        f"{it.name} has no restart policy: after an error, or when the engine starts again, it stays away.",
        Fix((f"docker update --restart={check.policy} {it.name}",)),
    )


def _another(check: Check, past: Past) -> Explanation | None:
    it = _container(check, past)
    if it is None or not isinstance(check, RestartPolicy) or it.restart_policy == check.policy:
        return None
    meaning = MEANINGS.get(it.restart_policy)
    return Explanation(
        f"The restart policy of {it.name} is {it.restart_policy}, not {check.policy}"
        + (f": {meaning}." if meaning else "."),
        Fix((f"docker update --restart={check.policy} {it.name}",)),
    )


def _container(check: Check, past: Past) -> Container | None:
    return seen.container(past, check.name) if isinstance(check, RestartPolicy) else None


def _told_unknown(match: re.Match[str]) -> Explanation:
    from difflib import get_close_matches  # noqa: PLC0415 - for a message only; a look would wait for it

    near = get_close_matches(match["policy"], POLICIES, 1)
    meant = f"Probably {near[0]} is meant. " if near else ""
    return Explanation(
        f"There is no restart policy {match['policy']}. {meant}Docker knows these: {', '.join(POLICIES)}.",
        Fix(advice=f"Type the command again, with --restart={near[0] if near else 'always'}."),
    )


def _told_both(_match: re.Match[str]) -> Explanation:
    return Explanation(
        "--rm removes the container when it ends, and --restart starts it again, so only one of the two can be given.",
        Fix(advice="Type the command again, without --rm if it should stay, as a registry should."),
    )


DIAGNOSES = (
    Diagnosis(
        "removed-at-its-end",
        "The container was run with --rm, so nothing restarts it.",
        _removed_at_its_end,
        r"[Cc]onflicting options: (?:cannot specify both )?--restart and --rm",
        _told_both,
    ),
    Diagnosis("no-restart-policy", "The container has no restart policy.", _none),
    Diagnosis("another-restart-policy", "The container has another restart policy.", _another),
    Diagnosis(
        "unknown-restart-policy",
        "There is no such restart policy.",
        message=r"invalid restart policy:? (?:unknown policy )?'(?P<policy>[^']*)'",
        told=_told_unknown,
    ),
)
