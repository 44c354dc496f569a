"""Why the engine did not answer: a sentence for the learner, and the cause for programs."""

from __future__ import annotations

from labcheck.cause import (
    Disconnected,
    DiskFull,
    EngineNotRunning,
    EngineUnreachable,
    NoCommonApi,
    PermissionDenied,
    ServerError,
    Where,
)
from labcheck.observe.trouble import CannotLook

WHO = "The Docker engine"
LONGEST = 120
"""How many characters of an engine's own message are passed on."""


def unreachable(error: BaseException, where: Where) -> CannotLook:
    """Why there was no answer from this endpoint."""
    origin: BaseException | None = error
    while origin is not None and not (isinstance(origin, ConnectionError) or getattr(origin, "errno", None)):
        origin = origin.__cause__ or origin.__context__
    match origin:
        case PermissionError():
            sentence = f"You may not use the Docker engine: only root and members of the group docker may use {where}."
            return CannotLook(sentence, PermissionDenied(where))
        case FileNotFoundError() | NotADirectoryError():
            return CannotLook(f"{WHO} is not running: there is no {where}.", EngineNotRunning(where))
        case ConnectionRefusedError():
            return CannotLook(f"{WHO} is not running: nothing answers at {where}.", EngineNotRunning(where))
        case ConnectionError():
            return CannotLook(f"{WHO} closed the connection without answering.", Disconnected())
    return CannotLook(f"{WHO} cannot be reached at {where}.", EngineUnreachable(where))


def refusal(status: int, message: str) -> CannotLook:
    """Why the answer is an error; ``message`` is the engine's own message."""
    if "client version" in message:
        return CannotLook(f"{WHO} and labcheck have no version of Docker's API in common.", NoCommonApi())
    said = " ".join(message.split())[:LONGEST]
    sentence = f"{WHO} answered with an error ({status}{': ' if message else ''}{said})."
    return CannotLook(sentence, DiskFull() if "no space left" in said else ServerError(status))
