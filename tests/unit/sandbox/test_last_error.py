"""What went wrong, by a program's log."""

from __future__ import annotations

import pytest

from labcheck.sandbox.last_error import last_error


@pytest.mark.parametrize(
    ("log", "words"),
    [
        ("", "it said nothing"),
        ('time="t" level=info msg="all is well"\n', "it said nothing"),
        (
            'time="t" level=fatal msg="bad \\"x\\"" error="e"\ntime="t" level=info msg="b"\n',
            'bad "x"',
        ),
        (
            'time="t" level=error msg="a"\nfailed to start daemon: no such chain\n\n',
            "failed to start daemon: no such chain",
        ),
        (
            "panic: runtime error: x\n\ngoroutine 1 [running]:\nmain.main()\n\t/src/a.go:97 +0x1\n",
            "panic: runtime error: x",
        ),
    ],
)
def test_the_last_meaningful_words_of_a_log(log: str, words: str) -> None:
    assert last_error(log) == words
