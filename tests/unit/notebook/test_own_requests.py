"""What a registry logs of labcheck's own looks is left out; every other letter is shown, whole and in order."""

from __future__ import annotations

import pytest

from labcheck.notebook.own_requests import SAID, Others

ACCESS = '172.17.0.1 - - [27/Nov/2026:13:07:48 +0000] "GET /v2/_catalog HTTP/1.1" 200 20 "" "{}"\n'
LINE = 'time="2026" level=info msg="response completed" http.request.useragent={} http.response.status=200\n'
THEIRS = ACCESS.format("curl/7.88.1") + LINE.format("curl/7.88.1") + LINE.format('"docker/28 (labcheck)"')
OURS = LINE.format("labcheck") + ACCESS.format("labcheck")


def shown(text: str, size: int) -> str:
    others = Others()
    pieces = [text[at : at + size] for at in range(0, len(text), size)]
    return "".join(map(others.passed, pieces)) + others.passed("", is_last=True)


@pytest.mark.parametrize("size", [1, 7, 100, 10_000])
def test_own_lines_are_left_out_and_that_is_said_once(size: int) -> None:
    assert shown(THEIRS + OURS + OURS + THEIRS, size) == THEIRS + SAID + THEIRS


@pytest.mark.parametrize("size", [1, 7, 10_000])
@pytest.mark.parametrize("text", ["", "labcheck", "a\nb", "\r\n50 %\r100 %\n", 'time="x', THEIRS, "one - two\n\nthree"])
def test_everything_else_is_shown_as_it_is(text: str, size: int) -> None:
    assert shown(text, size) == text


def test_what_is_no_line_of_a_log_is_shown_at_once() -> None:
    assert Others().passed("Are you sure? [y/N] ") == "Are you sure? [y/N] "
