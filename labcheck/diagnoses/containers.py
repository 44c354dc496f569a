"""Mistakes with a container: its name, its image, the state it is in."""

from __future__ import annotations

import re

from labcheck.check import Check
from labcheck.checks import ContainerAbsent, ContainerRuns, PortPublished, RegistryAnswers, trace
from labcheck.checks.origin import made_from, unclear
from labcheck.diagnosis import Diagnosis, Explanation
from labcheck.engine import Container, ListedContainer
from labcheck.mistakes import seen
from labcheck.mistakes.rerun import plain, rerun
from labcheck.past import Past
from labcheck.query import ContainerNamed
from labcheck.snapshot import Absent
from labcheck.verdict import Fix

INVENTED = r"[a-z]+_[a-z]+\d?"
"""Docker invents such names: ``happy_turing``."""
ENDED_BY_HAND = frozenset({"container/kill", "container/stop"})


def _another_image(check: Check, past: Past) -> Explanation | None:
    it = seen.container(past, check.name) if isinstance(check, ContainerRuns) else None
    if it is None or not isinstance(check, ContainerRuns) or made_from(it, check.image, past) or unclear(past):
        return None
    return Explanation(
        f"{it.name} is a container of {it.image}, not of {check.image}. A container keeps its image for life, "
        "so remove it; then its name is free for a registry.",
        Fix((f"docker rm -f -v {it.name}",)),
    )


def _other_name(check: Check, past: Past) -> tuple[str, str] | None:
    """The name of the running container of the image, and the name it should have; of several, the one at the port."""
    if not isinstance(check, ContainerRuns) or not isinstance(past.now(ContainerNamed(check.name)), Absent):
        return None
    running = [it for it in seen.containers(past) if made_from(it, check.image, past) and it.status == "running"]
    if len(running) > 1:
        running = [it for it in running if any(_is_at(it, address, past) for address in seen.addresses(past))]
    return (running[0].name, check.name) if len(running) == 1 else None


def _is_at(it: ListedContainer, address: str, past: Past) -> bool:
    return seen.publishes(it, address) or seen.answers_at(it, address, past)


def _name_forgotten(check: Check, past: Past) -> Explanation | None:
    names = _other_name(check, past)
    if names is None or not re.fullmatch(INVENTED, names[0]):
        return None
    return Explanation(
        f"A container of that image runs, but it was given no name, so Docker invented {names[0]}.",
        Fix((f"docker rename {names[0]} {names[1]}",)),
    )


def _name_mistyped(check: Check, past: Past) -> Explanation | None:
    names = _other_name(check, past)
    if names is None:
        return None
    return Explanation(
        f"A container of that image runs, but it is called {names[0]}, not {names[1]}.",
        Fix((f"docker rename {names[0]} {names[1]}",)),
    )


def _starting(check: Check, past: Past) -> Explanation | None:
    it = _in(check, past, "created")
    if it is None or not trace.starting(past, it):
        return None
    return Explanation(
        f"{it.name} was made a moment ago, and docker run is probably just about to start it.",
        Fix(advice="Wait a second, then check again."),
    )


def _not_started(check: Check, past: Past) -> Explanation | None:
    it = _in(check, past, "created")
    if it is None:
        return None
    why = (
        "but the engine could not start it. Probably what was in the way is gone now; if not, docker says what it is."
        if it.error
        else "but it was never started. docker run does both, docker create only the first."
    )
    return Explanation(f"{it.name} was made, {why}", Fix((f"docker start {it.name}",)))


def _paused(check: Check, past: Past) -> Explanation | None:
    it = _in(check, past, "paused")
    if it is None:
        return None
    return Explanation(
        f"{it.name} is paused: it is there, and keeps its port, but it does nothing.",
        Fix((f"docker unpause {it.name}",)),
    )


def _told_paused(match: re.Match[str]) -> Explanation:
    container = (match["id"] or "")[:12] or match["name"]
    return Explanation(
        "A paused container is not removed. Let it go on, then stop it, then remove it.",
        Fix((f"docker unpause {container}", f"docker stop {container}", f"docker rm {container}")),
    )


def _restarting(check: Check, past: Past) -> Explanation | None:
    it = _in(check, past, "restarting", "running")
    if isinstance(check, RegistryAnswers):
        known = (seen.container(past, listed.name) for listed in seen.containers(past))
        it = next((one for one in known if one and one.restarts and one.status in {"restarting", "running"}), None)
    if it is None or not (it.status == "restarting" or it.restarts > 1):
        return None
    return Explanation(
        f"Docker starts {it.name} again and again, and it ends each time. "
        "Probably it cannot use one of its settings; its log says which. Make it anew without that one.",
        plain(it, f"docker logs --tail 3 {it.name}"),
    )


def _out_of_memory(check: Check, past: Past) -> Explanation | None:
    it = _in(check, past, "exited")
    if it is None or not it.out_of_memory:
        return None
    return Explanation(
        f"{it.name} was ended because it needed more memory than it was given (--memory). "
        "Make it anew without a limit.",
        rerun(it),
    )


def _crashed(check: Check, past: Past) -> Explanation | None:
    it = _in(check, past, "exited")
    if it is None or it.exit_code == 0:
        return None
    ours = [event for event in past.events("container/start", *ENDED_BY_HAND) if event.actor == it.id]
    started = max((event.at for event in ours if event.kind == "container/start"), default=0)
    if not started or any(event.kind in ENDED_BY_HAND and event.at >= started for event in ours):
        return None
    return Explanation(
        f"{it.name} started, and ended by itself, with an error (exit code {it.exit_code}). "
        "Probably it cannot use one of its settings; its log says which. Make it anew without that one.",
        plain(it, f"docker logs --tail 3 {it.name}"),
    )


def _in_the_foreground(check: Check, past: Past) -> Explanation | None:
    it = _in(check, past, "exited")
    if it is None or not trace.in_the_foreground(past, it):
        return None
    return Explanation(
        f"{it.name} has stopped. It was probably run without -d: then it lives in its terminal, "
        "and Ctrl-C or closing the terminal ends it.",
        Fix((f"docker start {it.name}",)),
    )


def _stopped(check: Check, past: Past) -> Explanation | None:
    it = _in(check, past, "exited")
    if it is None:
        return None
    return Explanation(f"{it.name} is there, but it has stopped.", Fix((f"docker start {it.name}",)))


def _not_removed(check: Check, past: Past) -> Explanation | None:
    it = seen.container(past, check.name) if isinstance(check, ContainerAbsent) else None
    if it is None or it.status != "exited":
        return None
    return Explanation(
        f"{it.name} has stopped, but it is still there. A stopped container keeps its name and its data.",
        Fix((f"docker rm {it.name}",)),
    )


def _in(check: Check, past: Past, *states: str) -> Container | None:
    """The container that the check wants to run, if it is the right one and in one of these states."""
    if not isinstance(check, ContainerRuns | PortPublished):
        return None
    it = seen.container(past, check.name)
    if it is None or it.status not in states:
        return None
    return it if isinstance(check, PortPublished) or made_from(it, check.image, past) else None


DIAGNOSES = (
    Diagnosis("another-image-runs", "The container is made from another image.", _another_image),
    Diagnosis("container-name-forgotten", "The container was given no name.", _name_forgotten),
    Diagnosis("container-name-mistyped", "The container runs under another name.", _name_mistyped),
    Diagnosis("container-starting", "The container was made a moment ago.", _starting),
    Diagnosis("container-not-started", "The container was made, but never started.", _not_started),
    Diagnosis(
        "container-paused",
        "The container is paused.",
        _paused,
        (
            r"You cannot remove a paused container (?P<id>\w+)"
            r'|cannot remove container "/?(?P<name>[^"]+)": container is paused'
        ),
        _told_paused,
    ),
    Diagnosis("container-restarting", "The container ends and starts, again and again.", _restarting),
    Diagnosis("out-of-memory", "The container had too little memory.", _out_of_memory),
    Diagnosis("container-crashed", "The container ended by itself, with an error.", _crashed),
    Diagnosis("detach-forgotten", "The container was run without -d, and ended with its terminal.", _in_the_foreground),
    Diagnosis("container-stopped", "The container is there, but it has stopped.", _stopped),
    Diagnosis("stopped-not-removed", "The container was stopped, but not removed.", _not_removed),
)
