"""One request to the Docker engine, bounded in time and size.

A :mod:`.transport` reaches the engine. This module does the requests itself, because the SDK's own calls neither bound
an answer nor keep to one shape of JSON: they use the newest version of the API that the engine has, and Engine 29
changed the shapes. It only ever sends ``GET``.
"""

from __future__ import annotations

import time
from urllib.parse import urlencode

import msgspec

from labcheck.cause import AnswerTooLarge, Cancelled, IncompleteAnswer, NotAnEngine, UnexpectedAnswer, Where
from labcheck.document import text
from labcheck.observe.deadline import Deadline
from labcheck.observe.engine import podman
from labcheck.observe.engine.clock import written
from labcheck.observe.engine.endpoint import Endpoint, endpoint
from labcheck.observe.engine.failures import WHO, refusal, unreachable
from labcheck.observe.engine.transport import Answer, Transport
from labcheck.observe.engine.unix_socket import UnixSocket
from labcheck.observe.engine.version import common, spoken
from labcheck.observe.http.headers import Malformed
from labcheck.observe.trouble import CannotLook

LARGEST_ANSWER = 32 * 1024 * 1024
PIECE = 64 * 1024
OK, NOT_FOUND = 200, 404


class Engine:
    """The engine, with an open connection; connects on the first request, and again when the endpoint changes."""

    def __init__(self) -> None:
        self._transport: Transport | None = None
        self._endpoint: Endpoint | None = None
        self._socket_file: tuple[int, ...] = ()
        self._version = ""
        self._trouble: CannotLook | None = None
        self._is_left = False
        self.is_podman = False
        self.shares_clock = False
        """Whether the engine's clock has agreed with ours so far, so a look need not wait for the engine's time."""

    @property
    def endpoint(self) -> Endpoint | None:
        """The endpoint of the last request, or ``None`` before the first."""
        return self._endpoint

    @property
    def can_end(self) -> bool:
        """Whether :meth:`stream` can be told to end after what the engine has now."""
        return self._transport is not None and self._transport.can_end

    def close(self) -> None:
        """Close the connections, even if a thread is waiting on one."""
        if self._transport is not None:
            self._transport.close()
        self._transport = None

    def leave(self) -> None:
        """Close for good: threads that are waiting for an answer are woken, and further requests fail."""
        self._is_left = True
        self.close()

    def get(self, path: str, deadline: Deadline, **params: str) -> object:
        """The JSON at this path, or ``None`` if the engine says that there is no such thing."""
        return self._get(self._target(path, deadline, params), deadline)[0]

    def find(self, path: str, deadline: Deadline, key: str = "Id") -> object:
        """The object at this path, which has this key; ``None`` if the engine itself says that there is none."""
        found, why = self._get(self._target(path, deadline, {}), deadline)
        if not text(found, key) and (found is not None or not why or "page not found" in why):
            raise CannotLook(f"{WHO} gave an answer that labcheck does not understand.", UnexpectedAnswer())
        return found

    def stream(self, path: str, deadline: Deadline, *, ends: bool = False, **params: str) -> Answer:
        """An answer whose body is still to be read; each read waits at most for the time left until the deadline.

        ``ends``: tell the engine to stop after what it has now (:attr:`can_end`).
        """
        answer = self._answer(self._target(path, deadline, params), deadline, ends=ends)
        if answer.status != OK:
            answer.close()
            raise refusal(answer.status, "")
        return answer

    def refresh(self) -> None:
        """Once per look: notice if the learner has chosen another engine, or if the socket is a new file.

        Over a kept connection, an engine would still answer that the ``docker`` command can no longer reach.
        """
        self._trouble = None
        try:
            chosen = endpoint()
        except CannotLook as trouble:
            self._trouble = trouble  # so that the previous engine is not asked instead
            raise
        socket_file = chosen.socket_file()
        if (chosen, socket_file) != (self._endpoint, self._socket_file):
            self.close()
            self._endpoint, self._socket_file = chosen, socket_file
            self._version = ""
            self.shares_clock = False

    def greet(self, deadline: Deadline) -> None:
        """The first thing in a look: find out which engine is meant, and which version of the API it speaks."""
        self.refresh()
        if not self._version:
            self._version = self._negotiated(deadline)

    def saw(self, began: int, told: int, ended: int) -> None:
        """Record what time the engine gave between two moments of our clock, in nanoseconds."""
        self.shares_clock = began <= told <= ended and self._endpoint is not None and bool(self._endpoint.socket)

    @property
    def _where(self) -> Where:
        return (self._endpoint or endpoint()).where

    def _target(self, path: str, deadline: Deadline, params: dict[str, str]) -> str:
        if not self._version:
            self._version = self._negotiated(deadline)
        return f"/v{self._version}{path}{'?' if params else ''}{urlencode(params)}"

    def _negotiated(self, deadline: Deadline) -> str:
        """The newest version of the API that both the engine and labcheck know."""
        began = int(time.time())
        answer = self._answer("/_ping", deadline)
        try:
            self._body(answer, deadline)
        finally:
            answer.close()
        self.is_podman = bool(answer.header(podman.HEADER))
        told = (second for second in range(began, int(time.time()) + 1) if answer.header("Date") == written(second))
        if second := next(told, 0):
            self.saw(second, second, second)
        if version := spoken(answer.header("Api-Version")):
            return version
        # The engine takes as long to report its versions as for everything else together.
        return common(self._get("/version", deadline)[0])

    def _connected(self) -> Transport:
        if self._trouble:
            raise CannotLook(str(self._trouble), self._trouble.cause)
        if self._endpoint is None:
            self._endpoint = endpoint()
            self._socket_file = self._endpoint.socket_file()
        if self._transport is None:
            self._transport = _transport(self._endpoint)
        transport: Transport = self._transport
        if self._is_left:
            transport.close()
            raise CannotLook("labcheck has stopped asking the Docker engine.", Cancelled())
        return transport

    def _get(self, target: str, deadline: Deadline) -> tuple[object, str]:
        """The JSON there, or ``None`` and the engine's message about there being nothing."""
        response = self._answer(target, deadline)
        try:
            body = self._body(response, deadline)
        finally:
            response.close()
        try:
            answer: object = msgspec.json.decode(body) if body else None
        except (msgspec.DecodeError, RecursionError):
            if response.status not in {OK, NOT_FOUND}:
                # A proxy in front of the engine says so as text or as an HTML page.
                raise refusal(response.status, "") from None
            sentence = f"There is no Docker engine at {self._endpoint}: something else answers."
            raise CannotLook(sentence, NotAnEngine(self._where)) from None
        if response.status == NOT_FOUND:
            return None, text(answer, "message")
        if response.status != OK:
            raise refusal(response.status, text(answer, "message"))
        return answer, ""

    def _answer(self, target: str, deadline: Deadline, *, ends: bool = False) -> Answer:
        deadline.check(WHO)
        try:
            return self._connected().get(target, deadline.left, ends=ends)
        except TimeoutError:
            raise deadline.trouble(WHO) from None
        except (OSError, Malformed) as error:
            self._version = ""
            raise unreachable(error, self._where) from None

    def _body(self, answer: Answer, deadline: Deadline) -> bytes:
        body = bytearray()
        try:
            while piece := answer.read1(PIECE):
                body += piece
                if len(body) > LARGEST_ANSWER:
                    sentence = f"{WHO} sent more than {LARGEST_ANSWER // 2**20} MiB for one answer."
                    raise CannotLook(sentence, AnswerTooLarge())
                deadline.check(WHO)
        except TimeoutError:
            raise deadline.trouble(WHO) from None
        except (OSError, ValueError, Malformed):
            raise CannotLook(f"{WHO} closed the connection in the middle of its answer.", IncompleteAnswer()) from None
        return bytes(body)


def _transport(chosen: Endpoint) -> Transport:
    if chosen.socket:
        return UnixSocket(chosen.socket)
    from docker.errors import DockerException  # noqa: PLC0415 - importing it takes 0.1 s, and most looks do not need it

    from labcheck.observe.engine.sdk import Sdk  # noqa: PLC0415 - as above

    try:
        return Sdk(chosen)
    except DockerException:
        raise CannotLook(f"labcheck cannot talk to a Docker engine at {chosen}.", NotAnEngine()) from None
