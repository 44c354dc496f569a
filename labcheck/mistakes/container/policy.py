"""By which policy a container is restarted."""

from __future__ import annotations

from collections.abc import Mapping

from labcheck.checks import RestartPolicy
from labcheck.mistake import Facts, explains, facts, recognises
from labcheck.mistakes import seen
from labcheck.mistakes.rerun import rerun
from labcheck.past import Past

POLICIES = ("no", "always", "unless-stopped", "on-failure")


@recognises("removed-at-its-end", RestartPolicy)
def removed_at_its_end(check: RestartPolicy, past: Past) -> Facts | None:
    """It was run with --rm."""
    it = seen.container(past, check.name)
    return facts(rerun(it, policy=check.policy), name=it.name) if it and it.is_removed_at_its_end else None


@recognises("no-restart-policy", RestartPolicy)
def no_restart_policy(check: RestartPolicy, past: Past) -> Facts | None:
    """It has none."""
    it = seen.container(past, check.name)
    return facts(name=it.name, expected=check.policy) if it and it.restart_policy == "no" else None


@recognises("another-restart-policy", RestartPolicy)
def another_restart_policy(check: RestartPolicy, past: Past) -> Facts | None:
    """It has another one."""
    it = seen.container(past, check.name)
    if it is None or it.restart_policy == check.policy:
        return None
    policy = it.restart_policy
    stopped, failure = policy == "unless-stopped", policy == "on-failure"
    return facts(name=it.name, policy=policy, expected=check.policy, stopped=stopped, failure=failure)


@explains("unknown-restart-policy")
def unknown_restart_policy(said: Mapping[str, str]) -> Facts:
    """Which one is probably meant."""
    from difflib import get_close_matches  # noqa: PLC0415 - for a message only; a look would wait for it

    return facts(meant=next(iter(get_close_matches(said["policy"], POLICIES, 1)), ""))
