"""Why labcheck could not look at the engine: what it met in the engine's place."""

from __future__ import annotations

from labcheck.cause import (
    Cause,
    CertificatesNotFound,
    ContextNotFound,
    ContextUnreadable,
    Disconnected,
    DiskFull,
    EngineNotRunning,
    EngineTooOld,
    EngineUnreachable,
    IncompleteAnswer,
    NoCommonApi,
    NotAnEngine,
    PermissionDenied,
    TimedOut,
)
from labcheck.mistake import Facts, facts, unseen
from labcheck.mistakes.engine.product import started_by

PRODUCT = "/docker.sock"
"""So ends the socket of a product whose engine is not started; that is no other engine than the usual one."""


@unseen("permission-denied", PermissionDenied)
def permission_denied(cause: PermissionDenied) -> Facts:
    """Its socket."""
    return facts(socket=cause.where)


@unseen("engine-not-running", EngineNotRunning)
def engine_not_running(cause: EngineNotRunning) -> Facts:
    """Where nobody listens, and what starts the engine that is usually there."""
    address = str(cause.where).rstrip(".")
    return facts(address=address, start=started_by(address))


@unseen("chosen-engine-not-answering", EngineNotRunning, EngineUnreachable)
def chosen_engine_not_answering(cause: EngineNotRunning | EngineUnreachable) -> Facts | None:
    """Where somebody chose another engine: its place, and whether a context names it."""
    where = cause.where
    if not where.chosen_by or (where.context and where.place.endswith(PRODUCT)):
        return None
    return facts(place=where.place, context=where.context)


@unseen("context-unknown", ContextNotFound, ContextUnreadable)
def context_unknown(cause: ContextNotFound | ContextUnreadable) -> Facts:
    """The context's name, and whether there is one."""
    return facts(name=cause.name, unreadable=isinstance(cause, ContextUnreadable))


@unseen("not-a-docker-engine", NotAnEngine)
def not_a_docker_engine(cause: NotAnEngine) -> Facts:
    """Where something else answers."""
    return facts(place=cause.where and cause.where.place)


@unseen("engine-certificates-missing", CertificatesNotFound)
def engine_certificates_missing(_cause: CertificatesNotFound) -> Facts:
    """There are no facts to add."""
    return facts()


@unseen("engine-too-old", EngineTooOld)
def engine_too_old(_cause: EngineTooOld) -> Facts:
    """There are no facts to add."""
    return facts()


@unseen("engine-too-new", NoCommonApi)
def engine_too_new(_cause: NoCommonApi) -> Facts:
    """There are no facts to add."""
    return facts()


@unseen("engine-broke-off", Disconnected, IncompleteAnswer)
def engine_broke_off(_cause: Disconnected | IncompleteAnswer) -> Facts:
    """Whether it said nothing or half of it, it went away."""
    return facts()


@unseen("engine-not-answering", TimedOut)
def engine_not_answering(cause: TimedOut) -> Facts:
    """How long labcheck waited for it."""
    return facts(seconds=f"{cause.seconds:g}")


@unseen("engine-error")
def engine_error(cause: Cause) -> Facts:
    """Whatever else; whether its disk is full."""
    return facts(full=isinstance(cause, DiskFull))
