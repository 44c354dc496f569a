"""The way through a proxy: what it is asked, what it is shown, and when there is none."""

from __future__ import annotations

from base64 import b64decode

import pytest

from labcheck.cause import Unreachable
from labcheck.observe.deadline import Deadline
from labcheck.observe.http.client import Client
from labcheck.observe.http.proxy import Proxy, proxy
from labcheck.observe.trouble import CannotLook
from tests.support.loopback import Asked, Loopback, reply

FAR = "registry.example:5000"
VARIABLES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def test_in_plain_http_a_proxy_is_asked_for_the_whole_address(monkeypatch: pytest.MonkeyPatch) -> None:
    with Loopback(lambda *_: reply(200, "{}")) as server, Client(Deadline(5)) as client:
        monkeypatch.setenv("http_proxy", f"http://ada:s%40cret@{server.domain}")
        assert client.send("GET", f"http://{FAR}/v2/?n=1").body == b"{}"
    asked = server.asked[0]
    assert (asked.method, asked.target, asked.headers["host"]) == ("GET", f"http://{FAR}/v2/?n=1", FAR)
    assert b64decode(asked.headers["proxy-authorization"].removeprefix("Basic ")) == b"ada:s@cret"


def test_a_tunnel_is_asked_for_with_what_the_proxy_wants_to_see(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(asked: Asked, _: object) -> bytes:
        return reply(407) if "proxy-authorization" not in asked.headers else reply(403)

    with Loopback(refuse) as server, Client(Deadline(5)) as client:
        monkeypatch.setenv("https_proxy", f"http://ada:secret@{server.domain}")
        with pytest.raises(CannotLook, match="403") as raised:
            client.send("GET", f"https://{FAR}/v2/")
    assert (server.asked[0].method, server.asked[0].target) == ("CONNECT", FAR)
    assert "secret" not in str(raised.value)
    assert raised.value.cause == Unreachable()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1"])
def test_this_machine_is_asked_without_a_proxy(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    monkeypatch.setenv("http_proxy", "http://proxy.example:3128")
    assert proxy("http", host) is None
    assert proxy("http", "registry.example") == Proxy("proxy.example", 3128, {})
    monkeypatch.setenv("no_proxy", "registry.example")
    assert proxy("http", "registry.example") is None


def test_a_proxy_s_name_and_password_go_no_further(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither to this machine's own servers, nor into what is said where the proxy cannot be read."""
    with Loopback(lambda *_: reply(200)) as server, Client(Deadline(5)) as client:
        monkeypatch.setenv("http_proxy", "http://ada:secret@proxy.example:3128")
        client.send("GET", f"http://{server.domain}/")
        monkeypatch.setenv("http_proxy", "http://ada:secret@proxy.example:none")
        with pytest.raises(CannotLook, match=r"^http_proxy is not a usable address\.$"):
            client.send("GET", f"http://{FAR}/")
    assert "proxy-authorization" not in server.asked[0].headers


def test_a_redirect_is_followed_only_where_it_shall_be() -> None:
    with Loopback(lambda *_: reply(302, Location="/there")) as server, Client(Deadline(5)) as client:
        assert client.send("GET", f"http://{server.domain}/", follow=False).status == 302
        assert len(server.asked) == 1
