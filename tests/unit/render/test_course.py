"""The map of the course: what is done, what is next, and how long it takes, in words and in a table."""

from __future__ import annotations

from labcheck.render.course import Lesson, html, text

FIRST = Lesson("Start here", "A first container", "00-start-here.ipynb", 4, 4, 5)
SECOND = Lesson("Push & pull", "", "03-push-and-pull.ipynb", 2, 10, 30)
THIRD = Lesson("<b>Later</b>", "", "", 0, 3)


def test_it_says_what_is_done_what_is_next_and_how_long_it_takes() -> None:
    assert text((FIRST, SECOND, THIRD)) == (
        "done   Start here    4 of 4 done  5 minutes\n"
        "next   Push & pull   2 of 10 done  30 minutes\n"
        "later  <b>Later</b>  0 of 3 done"
    )


def test_each_lesson_is_a_link_to_its_notebook_and_a_row_with_a_header() -> None:
    told = html((FIRST, SECOND, THIRD))
    assert '<a href="03-push-and-pull.ipynb">Push &amp; pull</a>' in told
    assert told.count('<th scope="row"') == 3
    assert told.count('<th scope="col"') == 4
    assert "<b>" not in told
    assert "<caption" in told


def test_what_is_done_out_of_order_leaves_the_first_open_one_next() -> None:
    other = Lesson("Open", "", "", 0, 1)
    assert text((other, FIRST, SECOND)).split("\n")[0].startswith("next")
    assert "next" not in text((FIRST, FIRST))
