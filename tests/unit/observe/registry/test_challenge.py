"""How a registry asks who we are, read as the standard says, whatever it sends."""

from __future__ import annotations

import re
from email.message import Message

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labcheck.observe.registry.challenge import Challenge, challenges


def read(*values: str) -> tuple[Challenge, ...]:
    headers = Message()
    for value in values:
        headers["WWW-Authenticate"] = value
    return challenges(headers)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('Basic realm="Lab Registry"', [Challenge("basic", {"realm": "Lab Registry"})]),
        ("basic realm=zot", [Challenge("basic", {"realm": "zot"})]),
        ("BASIC", [Challenge("basic")]),
        (
            'Bearer realm="http://a/t",service="s",scope="repository:a:pull,push repository:b:pull"',
            [
                Challenge(
                    "bearer",
                    {"realm": "http://a/t", "service": "s", "scope": "repository:a:pull,push repository:b:pull"},
                )
            ],
        ),
        (
            "bearer Realm=http://a:1/t?x=1 , service=s",
            [Challenge("bearer", {"realm": "http://a:1/t?x=1", "service": "s"})],
        ),
        (r'Bearer realm = "a \"b\", c"', [Challenge("bearer", {"realm": 'a "b", c'})]),
        (
            'Negotiate, Basic realm="a, b", Bearer realm="c"',
            [Challenge("negotiate"), Challenge("basic", {"realm": "a, b"}), Challenge("bearer", {"realm": "c"})],
        ),
        ('Bearer realm="never closed', [Challenge("bearer", {"realm": "never closed"})]),
        ("realm=nobody", []),
        ('", ,= "', []),
        ("", []),
    ],
)
def test_a_challenge_is_read_however_it_is_written(written: str, expected: list[Challenge]) -> None:
    assert list(read(written)) == expected


def test_challenges_may_stand_in_several_headers() -> None:
    assert [one.scheme for one in read("Basic realm=a", "Bearer realm=b")] == ["basic", "bearer"]


SHORT = (("Bearer", "?x=1,scope=y"), ("Bearer", ""), ("Basic", ""))


def test_a_token_is_asked_for_with_a_parameter_for_each_scope() -> None:
    two = 'Bearer realm="http://a/t",service="s t",scope="repository:a:pull,push repository:b:pull"'
    expected = "http://a/t?service=s+t&scope=repository%3Aa%3Apull%2Cpush&scope=repository%3Ab%3Apull"
    assert read(two)[0].token_address == expected
    addresses = [read(f"{scheme} realm=http://a/t{more}")[0].token_address for scheme, more in SHORT]
    assert addresses == ["http://a/t?x=1&scope=y", "http://a/t", ""]


@given(st.lists(st.text(alphabet='aB=", \\\t:/é\x00')))
def test_no_challenge_is_too_odd(written: list[str]) -> None:
    for one in read(*(re.sub(r"[\r\n]", "", value) for value in written)):
        assert one.scheme
        assert isinstance(one.token_address, str)
