"""The timeline: a line for each deed, in words; times only where they are asked for."""

from __future__ import annotations

import re
from datetime import UTC

from labcheck.lab import load
from labcheck.render.timeline import html, text
from labcheck.report import Change, Deed
from labcheck.timeline import timeline
from tests.support.recorded import log
from tests.support.reports import HOSTILE
from tests.support.tags import Tags

LAB = load("push-and-pull")
DEEDS = timeline(LAB, log("solved"))
TIME = re.compile(r"\d\d:\d\d")


def test_there_is_no_time_in_what_is_compared_and_there_is_one_beside_each_deed_where_it_is_asked_for() -> None:
    assert not TIME.search(text(LAB.title, DEEDS))
    assert not TIME.search(html(LAB.title, DEEDS))
    assert len(TIME.findall(html(LAB.title, DEEDS, UTC))) == len(DEEDS)


def test_each_row_has_as_many_cells_as_there_are_headings() -> None:
    for zone in (None, UTC):
        shown = html(LAB.title, DEEDS, zone)
        Tags(shown.replace("<br>", ""))
        rows = re.findall("<tr>(.*?)</tr>", shown, flags=re.DOTALL)
        assert {len(re.findall("<t[dh] ", row)) for row in rows} == {3 if zone else 2}


def test_nothing_that_was_done_is_markup_and_nothing_done_is_said() -> None:
    deed = Deed(at=HOSTILE, what=HOSTILE, changes=(Change(HOSTILE, "broken"),))
    for shown in (html(HOSTILE, (deed,)), html(HOSTILE, (deed,), UTC)):
        assert "script" not in Tags(shown).seen
        assert "\x1b" not in shown
    assert "Nothing was done yet." in html("x", ())
    assert "Nothing was done yet." in text("x", ())
