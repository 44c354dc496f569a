"""The transport of the Docker SDK: TCP with certificates, a named pipe, SSH.

It is imported only when it is needed: importing it takes 0.1 s.
"""

from __future__ import annotations

from http.client import HTTPException
from typing import TYPE_CHECKING

from docker import APIClient
from requests import Timeout
from urllib3.exceptions import HTTPError, ReadTimeoutError

if TYPE_CHECKING:
    from requests import Response

    from labcheck.observe.engine.endpoint import Endpoint

POOL = 64
"""How many connections are kept: enough for all the simultaneous requests of a look."""


class Sdk:
    """The SDK's client, used only for single requests. Raises ``DockerException`` if there is no answer."""

    can_end = False

    def __init__(self, chosen: Endpoint) -> None:
        # This version is only for the SDK; ours is in each URL.
        self._client = APIClient(**chosen.options, version="1.41", max_pool_size=POOL)
        # The environment's proxies are for the internet; they must not be used for an engine that listens on TCP.
        self._client.trust_env = False

    def get(self, target: str, seconds: float, *, ends: bool = False) -> _Reading:
        """Ask for this path; see :class:`labcheck.observe.engine.transport.Transport`."""
        if ends:
            raise NotImplementedError
        try:
            return _Reading(self._client.get(self._client.base_url + target, timeout=seconds, stream=True))
        except Timeout as error:
            raise TimeoutError from error
        except HTTPException as error:
            raise OSError from error

    def close(self) -> None:
        """Close the connections."""
        self._client.close()


class _Reading:
    """An answer from the SDK; errors while reading it are ``OSError``, as with the other transport."""

    def __init__(self, response: Response) -> None:
        self._response = response
        self.status = response.status_code

    def header(self, name: str) -> str:
        """The header's value, or the empty string."""
        return self._response.headers.get(name, "")

    def read1(self, most: int = -1, /) -> bytes:
        """What has arrived of the body, waiting if nothing has; empty at its end."""
        try:
            piece: bytes = self._response.raw.read1(None if most < 0 else most)
        except ReadTimeoutError as error:
            raise TimeoutError from error
        except (HTTPError, HTTPException) as error:
            raise OSError from error
        return piece

    def close(self) -> None:
        """Stop reading."""
        self._response.close()
