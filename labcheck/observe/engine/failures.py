"""Why the engine did not answer, in a learner's words."""

from __future__ import annotations

from labcheck.observe.engine.endpoint import Endpoint

WHO = "The Docker engine"


def unreachable(error: BaseException, where: Endpoint | None) -> str:
    """Why there was no answer from there."""
    cause: BaseException | None = error
    while cause is not None and not (isinstance(cause, ConnectionError) or getattr(cause, "errno", None)):
        cause = cause.__cause__ or cause.__context__
    match cause:
        case PermissionError():
            return f"You may not talk to the Docker engine: only root and the group docker may use {where}."
        case FileNotFoundError() | NotADirectoryError():
            return f"{WHO} is not running: there is no {where}."
        case ConnectionRefusedError():
            return f"{WHO} is not running: nothing answers at {where}."
        case ConnectionError():
            return f"{WHO} broke the connection off."
    return f"{WHO} cannot be reached at {where}."


def refusal(status: int, message: str) -> str:
    """Why the answer is an error; ``message`` is the engine's own."""
    if "client version" in message:
        return f"{WHO} and labcheck have no version of Docker's API in common."
    return f"{WHO} answered with an error ({status}{': ' if message else ''}{' '.join(message.split())[:120]})."
