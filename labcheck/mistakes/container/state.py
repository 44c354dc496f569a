"""In which state a container is, where it should run or be gone: just created, paused, ended."""

from __future__ import annotations

from labcheck.checks import ContainerAbsent, ContainerRuns, PortPublished, RegistryAnswers, trace
from labcheck.checks.origin import made_from
from labcheck.engine import Container
from labcheck.mistake import Facts, facts, recognises
from labcheck.mistakes import seen
from labcheck.mistakes.rerun import plain, rerun, suspects
from labcheck.past import Past

ENDED_BY_HAND = frozenset({"container/kill", "container/stop"})
RUNS_NOW_AND_THEN = frozenset({"restarting", "running"})


@recognises("container-starting", ContainerRuns, PortPublished)
def container_starting(check: ContainerRuns | PortPublished, past: Past) -> Facts | None:
    """It was created a moment ago."""
    it = _in(check, past, "created")
    return facts(name=it.name) if it and trace.starting(past, it) else None


@recognises("container-not-started", ContainerRuns, PortPublished)
def container_not_started(check: ContainerRuns | PortPublished, past: Past) -> Facts | None:
    """It was created, but not started; and whether the engine could not start it."""
    it = _in(check, past, "created")
    return facts(name=it.name, refused=bool(it.error)) if it else None


@recognises("container-paused", ContainerRuns, PortPublished)
def container_paused(check: ContainerRuns | PortPublished, past: Past) -> Facts | None:
    """It is paused."""
    it = _in(check, past, "paused")
    return facts(name=it.name) if it else None


@recognises("container-restarting", ContainerRuns, PortPublished, RegistryAnswers)
def container_restarting(check: ContainerRuns | PortPublished | RegistryAnswers, past: Past) -> Facts | None:
    """The engine started it again, more than once."""
    it = _restarted(past) if isinstance(check, RegistryAnswers) else _in(check, past, *RUNS_NOW_AND_THEN)
    if it is None or not (it.status == "restarting" or it.restarts > 1):
        return None
    return facts(plain(it, _its_log(it)), name=it.name, settings=_settings(it))


@recognises("out-of-memory", ContainerRuns, PortPublished)
def out_of_memory(check: ContainerRuns | PortPublished, past: Past) -> Facts | None:
    """It ended, since it took more memory than it may."""
    it = _in(check, past, "exited")
    return facts(rerun(it), name=it.name) if it and it.out_of_memory else None


@recognises("container-crashed", ContainerRuns, PortPublished)
def container_crashed(check: ContainerRuns | PortPublished, past: Past) -> Facts | None:
    """It was started, and ended with an error, and nobody ended it."""
    it = _in(check, past, "exited")
    if it is None or it.exit_code == 0:
        return None
    ours = [event for event in past.events("container/start", *ENDED_BY_HAND) if event.actor == it.id]
    started = max((event.at for event in ours if event.kind == "container/start"), default=0)
    if not started or any(event.kind in ENDED_BY_HAND and event.at >= started for event in ours):
        return None
    return facts(plain(it, _its_log(it)), name=it.name, code=it.exit_code, settings=_settings(it))


@recognises("detach-forgotten", ContainerRuns, PortPublished)
def detach_forgotten(check: ContainerRuns | PortPublished, past: Past) -> Facts | None:
    """It ended with the terminal that it was run in."""
    it = _in(check, past, "exited")
    return facts(name=it.name) if it and trace.in_the_foreground(past, it) else None


@recognises("container-stopped", ContainerRuns, PortPublished)
def container_stopped(check: ContainerRuns | PortPublished, past: Past) -> Facts | None:
    """It has ended."""
    it = _in(check, past, "exited")
    return facts(name=it.name) if it else None


@recognises("stopped-not-removed", ContainerAbsent)
def stopped_not_removed(check: ContainerAbsent, past: Past) -> Facts | None:
    """It should be gone, and has only ended."""
    it = seen.container(past, check.name)
    return facts(name=it.name) if it and it.status == "exited" else None


def _in(check: ContainerRuns | PortPublished, past: Past, *states: str) -> Container | None:
    """The container that the check wants to run, if it is the right one and in one of these states."""
    it = seen.container(past, check.name)
    if it is None or it.status not in states:
        return None
    return it if isinstance(check, PortPublished) or made_from(it, check.image, past) else None


def _restarted(past: Past) -> Container | None:
    """The first container that the engine has started again by itself."""
    known = (seen.container(past, listed.name) for listed in seen.containers(past))
    return next((it for it in known if it and it.restarts and it.status in RUNS_NOW_AND_THEN), None)


def _settings(it: Container) -> str:
    return ", ".join(suspects(it))


def _its_log(it: Container) -> str:
    return f"docker logs --tail 3 {it.name}"
