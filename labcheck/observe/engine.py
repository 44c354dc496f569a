"""One question to the Docker engine, through the Docker SDK, bounded in time and size.

The SDK finds the way (socket, TCP with certificates, named pipe, SSH); what is asked and how an answer is read is said
here, because the SDK's own calls neither bound an answer nor keep to one shape of JSON: they speak the newest version
of the API that the engine knows, and Engine 29 changed the shapes. This module only ever sends ``GET``.
"""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Final

import msgspec

from labcheck.document import text, whole
from labcheck.observe.deadline import Deadline
from labcheck.observe.endpoint import Endpoint, endpoint
from labcheck.observe.trouble import CannotLook

if TYPE_CHECKING:
    from docker import APIClient
    from requests import Response

NEWEST_API: Final = (1, 51)
"""What we read the shapes of; Engine 29 speaks it, too."""
OLDEST_API: Final = (1, 41)
"""Docker 20.10."""
LARGEST_ANSWER = 32 * 1024 * 1024
PIECE = 64 * 1024
POOL = 64
"""Connections kept: as many as one look may ask questions at once, and more than a lab has."""
OK, NOT_FOUND = 200, 404
WHO = "The Docker engine"


class Engine:
    """The engine, and a warm connection to it; connected when first asked, and anew where the endpoint changes."""

    def __init__(self) -> None:
        self._client: APIClient | None = None
        self._endpoint: Endpoint | None = None
        self._version = ""
        self._trouble = ""

    def close(self) -> None:
        """Let the connections go."""
        if self._client is not None:
            self._client.close()
        self._client = None

    def get(self, path: str, deadline: Deadline, **params: str) -> object:
        """The JSON at this path, or ``None`` if the engine says that it has no such thing."""
        return self._get(self._url(path, deadline), deadline, params)[0]

    def find(self, path: str, deadline: Deadline) -> object:
        """The thing at this path, or ``None`` if the engine itself says, in its own words, that it has none."""
        found, why = self._get(self._url(path, deadline), deadline, {})
        if not text(found, "Id") and (found is not None or not why or "page not found" in why):
            raise CannotLook(f"{WHO} gave an answer that labcheck does not understand.")
        return found

    def stream(self, path: str, deadline: Deadline, **params: str) -> Response:
        """An answer whose body is still to be read; each read waits at most for what is left of the deadline now."""
        response = self._response(self._url(path, deadline), deadline, params)
        if response.status_code != OK:
            response.close()
            raise CannotLook(_refusal(response.status_code, ""))
        return response

    def refresh(self, deadline: Deadline) -> None:
        """Once a look: take note if the learner has chosen another engine, and see whether one is there at all."""
        self._trouble = ""
        try:
            chosen = endpoint()
        except CannotLook as trouble:
            self._trouble = str(trouble)  # so that nobody asks the engine of before instead
            raise
        if chosen != self._endpoint:
            self.close()
            self._endpoint = chosen
            self._version = ""
        if chosen.socket:
            try:
                _knock(chosen.socket, deadline)
            except OSError as error:
                self._version = ""
                late = isinstance(error, TimeoutError)
                self._trouble = deadline.reason(WHO) if late else _unreachable(error, chosen)
                raise CannotLook(self._trouble) from None

    def _url(self, path: str, deadline: Deadline) -> str:
        base = self._connected().base_url
        if not self._version:
            self._version = _negotiated(self._get(f"{base}/version", deadline, {})[0])
        return f"{base}/v{self._version}{path}"

    def _connected(self) -> APIClient:
        if self._trouble:
            raise CannotLook(self._trouble)
        if self._endpoint is None:
            self._endpoint = endpoint()
        if self._client is None:
            self._client = _client(self._endpoint)
        return self._client

    def _get(self, url: str, deadline: Deadline, params: dict[str, str]) -> tuple[object, str]:
        """The JSON there, or ``None`` and what the engine says about there being nothing."""
        response = self._response(url, deadline, params)
        try:
            body = self._body(response, deadline)
        finally:
            response.close()
        try:
            answer: object = msgspec.json.decode(body) if body else None
        except (msgspec.DecodeError, RecursionError):
            if response.status_code not in {OK, NOT_FOUND}:
                # A proxy before the engine says it in text, or in a page.
                raise CannotLook(_refusal(response.status_code, "")) from None
            raise CannotLook(f"There is no Docker engine at {self._endpoint}: something else answers.") from None
        if response.status_code == NOT_FOUND:
            return None, text(answer, "message")
        if response.status_code != OK:
            raise CannotLook(_refusal(response.status_code, text(answer, "message")))
        return answer, ""

    def _response(self, url: str, deadline: Deadline, params: dict[str, str]) -> Response:
        from requests import RequestException, Timeout  # noqa: PLC0415 - comes with the SDK, which is imported late

        deadline.check(WHO)
        try:
            return self._connected().get(url, params=params, timeout=deadline.left, stream=True)
        except Timeout:
            raise CannotLook(deadline.reason(WHO)) from None
        except RequestException as error:
            self._version = ""
            raise CannotLook(_unreachable(error, self._endpoint)) from None

    def _body(self, response: Response, deadline: Deadline) -> bytes:
        from urllib3.exceptions import HTTPError, ReadTimeoutError  # noqa: PLC0415 - comes with the SDK, as above

        body = bytearray()
        try:
            while piece := response.raw.read1(PIECE):
                body += piece
                if len(body) > LARGEST_ANSWER:
                    raise CannotLook(f"{WHO} sent more than {LARGEST_ANSWER // 2**20} MiB for one answer.")
                deadline.check(WHO)
        except ReadTimeoutError:
            raise CannotLook(deadline.reason(WHO)) from None
        except (HTTPError, OSError):
            raise CannotLook(f"{WHO} broke off in the middle of its answer.") from None
        return bytes(body)


def _knock(path: str, deadline: Deadline) -> None:
    """See whether somebody listens on the socket: the SDK leaks one where nobody does, and hides why."""
    with socket.socket(socket.AF_UNIX) as knocking:
        knocking.settimeout(deadline.left)
        knocking.connect(path)


def _unreachable(error: BaseException, where: Endpoint | None) -> str:
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


def _client(chosen: Endpoint) -> APIClient:
    from docker import APIClient  # noqa: PLC0415 - takes a tenth of a second; who does not look does not pay
    from docker.errors import DockerException  # noqa: PLC0415 - see above

    try:
        # The version is only the SDK's own; ours stands in each address.
        client = APIClient(**chosen.options, version="1.41", max_pool_size=POOL)
    except DockerException:
        raise CannotLook(f"labcheck cannot talk to a Docker engine at {chosen}.") from None
    # The environment's proxies are for the internet; they would catch an engine that listens on TCP.
    client.trust_env = False
    return client


def _negotiated(answer: object) -> str:
    """The newest version of the API that the engine and we both know."""
    newest, oldest = _number(text(answer, "ApiVersion")), _number(text(answer, "MinAPIVersion"))
    if not newest:
        raise CannotLook("What answers in the place of the Docker engine is none.")
    if newest < OLDEST_API:
        raise CannotLook("This Docker engine is too old: labcheck needs Docker 20.10 or newer.")
    return ".".join(map(str, max(min(newest, NEWEST_API), oldest)))


def _number(version: str) -> tuple[int, ...]:
    parts = [whole(part) for part in version.split(".")]
    return () if None in parts else tuple(part or 0 for part in parts)


def _refusal(status: int, message: str) -> str:
    if "client version" in message:
        return f"{WHO} and labcheck have no version of Docker's API in common."
    return f"{WHO} answered with an error ({status}{': ' if message else ''}{' '.join(message.split())[:120]})."
