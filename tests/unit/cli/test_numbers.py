"""A number that cannot be one is refused by the command line, in one sentence, before anything is done."""

from __future__ import annotations

import re

import pytest

from labcheck.cli.parser import parser
from tests.support.places import ROOT

GRADE = ("grade", "x.labcheck", "-o", "book")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        *(
            (("mirror", "--port", port), f"'{port}' is not a port from 1 to 65535")
            for port in ("0", "-1", "65536", "x", "8_0", "٣", "9" * 5000)
        ),
        *(
            ((command, "--port", port), f"'{port}' is not a port from 0 to 65535")
            for command in ("wall", "start")
            for port in ("-1", "65536", "99999")
        ),
        *(((*GRADE, "--workers", it), f"'{it}' is not a number of processes") for it in ("-3", "0", "100000")),
        *(((*GRADE, "--late", it), f"'{it}' is not a number of percent") for it in ("-1", "101", "half")),
        *((("check", "x", "--timeout", it), f"'{it}' is not a number of seconds") for it in ("nan", "0", "inf", "-1")),
    ],
)
def test_a_number_out_of_its_range_is_refused(
    typed: tuple[str, ...], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        parser(typed).parse_args(typed)
    assert end.value.code == 2
    assert says in capsys.readouterr().err.splitlines()[-1]


@pytest.mark.parametrize("typed", [("mirror", "--port", "65535"), ("wall", "--port", "0"), ("start", "--port", "8888")])
def test_a_port_is_taken_as_typed(typed: tuple[str, ...]) -> None:
    assert parser(typed).parse_args(typed).port == int(typed[-1])


def test_no_number_is_read_without_a_range() -> None:
    """A new option gets one of :mod:`labcheck.cli.numbers`."""
    for file in (ROOT / "labcheck/cli").glob("*.py"):
        assert not re.findall(r"type=(?:int|float)\b", file.read_text(encoding="utf-8")), file
