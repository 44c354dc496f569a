"""One question to the Docker engine, bounded in time and size.

A :mod:`.transport` reaches the engine. What is asked and how an answer is read is said here, because the SDK's own
calls neither bound an answer nor keep to one shape of JSON: they speak the newest version of the API that the engine
knows, and Engine 29 changed the shapes. This module only ever sends ``GET``.
"""

from __future__ import annotations

import time
from urllib.parse import urlencode

import msgspec

from labcheck.cause import AnswerTooLarge, Cancelled, IncompleteAnswer, NotAnEngine, UnexpectedAnswer, Where
from labcheck.document import text
from labcheck.observe.deadline import Deadline
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
    """The engine, and a warm connection to it; connected when first asked, and again when the endpoint changes."""

    def __init__(self) -> None:
        self._transport: Transport | None = None
        self._endpoint: Endpoint | None = None
        self._socket_file: tuple[int, ...] = ()
        self._version = ""
        self._trouble: CannotLook | None = None
        self._is_left = False
        self.shares_clock = False
        """Whether the engine's clock is ours, as far as it has shown: what time it is need not be waited for."""

    @property
    def endpoint(self) -> Endpoint | None:
        """Where the engine was asked last, or ``None`` before the first question."""
        return self._endpoint

    @property
    def can_end(self) -> bool:
        """Whether :meth:`stream` can be told to end after what the engine has."""
        return self._transport is not None and self._transport.can_end

    def close(self) -> None:
        """End the connections, also under a thread that waits on one."""
        if self._transport is not None:
            self._transport.close()
        self._transport = None

    def leave(self) -> None:
        """Close for good: whoever asks or waits in another thread is woken, and asks no more."""
        self._is_left = True
        self.close()

    def get(self, path: str, deadline: Deadline, **params: str) -> object:
        """The JSON at this path, or ``None`` if the engine says that it has no such thing."""
        return self._get(self._target(path, deadline, params), deadline)[0]

    def find(self, path: str, deadline: Deadline) -> object:
        """The thing at this path, or ``None`` if the engine itself says, in its own words, that it has none."""
        found, why = self._get(self._target(path, deadline, {}), deadline)
        if not text(found, "Id") and (found is not None or not why or "page not found" in why):
            raise CannotLook(f"{WHO} gave an answer that labcheck does not understand.", UnexpectedAnswer())
        return found

    def stream(self, path: str, deadline: Deadline, *, ends: bool = False, **params: str) -> Answer:
        """An answer whose body is still to be read; each read waits at most for what is left of the deadline now.

        ``ends``: the engine shall stop after what it has (:attr:`can_end`).
        """
        answer = self._answer(self._target(path, deadline, params), deadline, ends=ends)
        if answer.status != OK:
            answer.close()
            raise refusal(answer.status, "")
        return answer

    def refresh(self) -> None:
        """Once a look: take note if the learner has chosen another engine, or if the socket is another one.

        Over a connection of before, an engine would still answer that the ``docker`` command reaches no more.
        """
        self._trouble = None
        try:
            chosen = endpoint()
        except CannotLook as trouble:
            self._trouble = trouble  # so that nobody asks the engine of before instead
            raise
        socket_file = chosen.socket_file()
        if (chosen, socket_file) != (self._endpoint, self._socket_file):
            self.close()
            self._endpoint, self._socket_file = chosen, socket_file
            self._version = ""
            self.shares_clock = False

    def greet(self, deadline: Deadline) -> None:
        """Before anything else in a look: which engine is meant, and which version of the API it speaks."""
        self.refresh()
        if not self._version:
            self._version = self._negotiated(deadline)

    def saw(self, began: int, told: int, ended: int) -> None:
        """What time the engine told between two moments of our clock, in nanoseconds."""
        self.shares_clock = began <= told <= ended and self._endpoint is not None and bool(self._endpoint.socket)

    @property
    def _where(self) -> Where:
        return (self._endpoint or endpoint()).where

    def _target(self, path: str, deadline: Deadline, params: dict[str, str]) -> str:
        if not self._version:
            self._version = self._negotiated(deadline)
        return f"/v{self._version}{path}{'?' if params else ''}{urlencode(params)}"

    def _negotiated(self, deadline: Deadline) -> str:
        """The newest version of the API that the engine and we both know."""
        began = int(time.time())
        answer = self._answer("/_ping", deadline)
        try:
            self._body(answer, deadline)
        finally:
            answer.close()
        told = (second for second in range(began, int(time.time()) + 1) if answer.header("Date") == written(second))
        if second := next(told, 0):
            self.saw(second, second, second)
        if version := spoken(answer.header("Api-Version")):
            return version
        # It takes the engine as long to tell its versions as all else together.
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
            raise CannotLook(f"{WHO} is asked no more.", Cancelled())
        return transport

    def _get(self, target: str, deadline: Deadline) -> tuple[object, str]:
        """The JSON there, or ``None`` and what the engine says about there being nothing."""
        response = self._answer(target, deadline)
        try:
            body = self._body(response, deadline)
        finally:
            response.close()
        try:
            answer: object = msgspec.json.decode(body) if body else None
        except (msgspec.DecodeError, RecursionError):
            if response.status not in {OK, NOT_FOUND}:
                # A proxy before the engine says it in text, or in a page.
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
            raise CannotLook(f"{WHO} broke off in the middle of its answer.", IncompleteAnswer()) from None
        return bytes(body)


def _transport(chosen: Endpoint) -> Transport:
    if chosen.socket:
        return UnixSocket(chosen.socket)
    from docker.errors import DockerException  # noqa: PLC0415 - a tenth of a second, which most need not pay

    from labcheck.observe.engine.sdk import Sdk  # noqa: PLC0415 - as above

    try:
        return Sdk(chosen)
    except DockerException:
        raise CannotLook(f"labcheck cannot talk to a Docker engine at {chosen}.", NotAnEngine()) from None
