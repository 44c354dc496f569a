"""The proxies that are named here, without what is secret."""

from __future__ import annotations

from labcheck.doctor.facts.proxies import place, proxies_of


def test_proxies_are_named_without_what_is_secret() -> None:
    found = proxies_of({"http_proxy": "http://me:secret@proxy.example:3128/", "NO_PROXY": " a.example ,,localhost"})
    assert found.variables == (("http_proxy", "proxy.example:3128"),)
    assert found.exceptions == ("a.example", "localhost")
    assert proxies_of({"http_proxy": " ", "no_proxy": "", "NO_PROXY": "b"}).exceptions == ("b",)
    assert place("me:secret@proxy.example:3128") == "proxy.example:3128"
    assert "secret" not in place("http://me:secret@[broken")
