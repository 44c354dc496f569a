"""What the doctor sees of Docker Hub: whether it answers, and how many pulls are left."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

import pytest

from labcheck.cause import CertificateNotYetValid, ServerError, TimedOut, UnexpectedAnswer
from labcheck.doctor.facts.docker_hub import PATIENCE, Hub, ask_docker_hub
from labcheck.observe.deadline import Deadline
from labcheck.snapshot import Absent, Evidence, Found, Unknown
from tests.support.loopback import Answer, Asked, Behaviour, Loopback, dripping_headers, reply, silent, tunnel
from tests.support.places import VECTORS

SLACK = 5.0
NOT_YET_VALID = VECTORS / "not-yet-valid.pem"
GIVEN = reply(200, '{"token": "anonymous"}')
"""What an anonymous client gets to show."""
COUNTED = {"ratelimit_limit": "100;w=21600", "ratelimit_remaining": "76;w=21600"}


@contextmanager
def small_hub(image: Answer, token: Answer = GIVEN) -> Iterator[Callable[[], Evidence[Hub]]]:
    """A Docker Hub that gives this token and then this answer; what the doctor sees of it."""

    def answer(asked: Asked, _: socket.socket) -> Answer:
        return token if asked.target == "/token" else image

    with Loopback(answer) as server:
        base = f"http://{server.domain}"
        yield partial(ask_docker_hub, Deadline(5), token=f"{base}/token", image=f"{base}/image")
        if said := [asked for asked in server.asked if asked.target == "/image"]:
            assert said[0].method == "HEAD", "a GET would be counted as a pull"
            assert said[0].headers["authorization"] == "Bearer anonymous"


@pytest.mark.parametrize(
    ("image", "token", "expected"),
    [
        (reply(200, **COUNTED), GIVEN, Found(Hub(100, 76, 21600))),
        (reply(200), GIVEN, Found(Hub())),
        (reply(200, ratelimit_limit="many", ratelimit_remaining=";w="), GIVEN, Found(Hub())),
        (reply(429, ratelimit_limit="100;w=21600"), GIVEN, Found(Hub(100, 0, 21600))),
        (reply(200), reply(429), Found(Hub(remaining=0))),
        (reply(503), GIVEN, Unknown("Docker Hub answered with an error (503).", ServerError(503))),
        (
            reply(302, Location="http://127.0.0.1:1/"),
            GIVEN,
            Unknown("Docker Hub answered with an error (302).", ServerError(302)),
        ),
        (
            reply(200),
            reply(200, "<html>Welcome to this hotel</html>"),
            Unknown("What answers in Docker Hub's place is not Docker Hub: perhaps a log-in page.", UnexpectedAnswer()),
        ),
        (reply(200), b"SSH-2.0-nothing like it\r\n\r\n", Absent()),
    ],
)
def test_docker_hub_and_its_limits(image: Answer, token: Answer, expected: Evidence[Hub]) -> None:
    with small_hub(image, token) as look:
        assert look() == expected


@pytest.mark.parametrize("how", [silent, dripping_headers])
def test_a_docker_hub_that_does_not_come_to_an_end_is_not_waited_for(how: Behaviour) -> None:
    with Loopback(how) as server:
        base = f"http://{server.domain}"
        began = time.monotonic()
        seen = ask_docker_hub(Deadline(5), token=f"{base}/token", image=f"{base}/image")
        assert seen == Unknown("Docker Hub did not answer within 1.5 s.", TimedOut(1.5))
        assert time.monotonic() - began < PATIENCE + SLACK


def test_a_clock_that_is_behind_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(NOT_YET_VALID))
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(NOT_YET_VALID)
    with Loopback(tunnel(tls, GIVEN)) as server:
        for variable in ("HTTPS_PROXY", "https_proxy"):
            monkeypatch.setenv(variable, f"http://{server.domain}")
        monkeypatch.setenv("no_proxy", "")
        # Nobody's address (RFC 5737): the way there ends in the proxy. On loopback no certificate would be asked for.
        seen = ask_docker_hub(Deadline(5), token="https://192.0.2.1/token", image="https://192.0.2.1/image")  # noqa: S106 - an address
    today = time.strftime("%d %B %Y")
    reason = f"By this machine's clock ({today}) Docker Hub's certificate is not valid yet. Is the clock right?"
    assert seen == Unknown(reason, CertificateNotYetValid())


def test_no_docker_hub_is_absent() -> None:
    assert ask_docker_hub(Deadline(5), token="http://127.0.0.1:1/", image="http://127.0.0.1:1/") == Absent()  # noqa: S106 - an address
