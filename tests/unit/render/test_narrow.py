"""In a narrow terminal, prose is wrapped between words, and what is typed or copied stays whole."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from labcheck.mistake import explain
from labcheck.mistake.known import body, families
from labcheck.render import markdown
from labcheck.render.attempts import listed
from labcheck.render.explanation import explained
from labcheck.render.printable import lines
from labcheck.render.terminal import changes, render
from labcheck.render.wrap import WIDTH, beside, bounded, column, wrapped
from labcheck.report import State, Tried
from labcheck.verdict import Outcome
from tests.support import recorded
from tests.support.mistake import NAMES, Mistake, read
from tests.support.reports import PULLED, REPORTS, STARTED, made, no, step

NARROW = 57
MISTAKES = [read(name) for name in NAMES]
PAGES = [page for _, pages in families() for page in pages]


def fits(text: str, width: int = NARROW) -> bool:
    """Whether each line fits, or is a command, or cannot be broken."""
    return all(len(row) <= width or row.startswith("    ") or " " not in row for row in text.splitlines())


def words(text: str) -> list[str]:
    return text.split()


@pytest.mark.parametrize("mistake", [it for it in MISTAKES if it.step], ids=lambda it: it.name)
def test_a_report_fits_and_says_the_same(mistake: Mistake) -> None:
    report = recorded.report(mistake.name)
    for shown in (report, report.only(mistake.step)):
        narrow = render(shown, width=NARROW)
        assert fits(narrow), narrow
        assert words(narrow) == words(render(shown)), "nothing is cut that a wide terminal shows"
        assert fits(changes(None, shown, width=NARROW))
        commands = [row for row in render(shown).splitlines() if row.startswith("    ")]
        assert set(commands) <= set(narrow.splitlines()), "commands are not broken"


@pytest.mark.parametrize("mistake", [it for it in MISTAKES if it.has("message")], ids=lambda it: it.name)
def test_what_a_message_means_fits(mistake: Mistake) -> None:
    told = explain(recorded.message(mistake.name))
    assert told is not None
    assert fits(explained(*told, NARROW))
    assert words(explained(*told, NARROW)) == words(explained(*told))


@pytest.mark.parametrize("page", PAGES, ids=lambda it: it.name)
def test_a_page_fits_and_its_commands_stay_as_they_are(page: object) -> None:
    written = lines(body(page))  # type: ignore[arg-type]  # a page
    shown = list(markdown.page(written, NARROW))
    assert fits("\n".join(row for row in shown if not row.startswith("#"))), "\n".join(shown)
    assert words("\n".join(shown)) == words("\n".join(written))
    whole = [row for row in written if row.startswith(("    ", "#"))]
    assert [row for row in shown if row.startswith(("    ", "#"))] == whole


def test_markdown_that_must_keep_its_lines_keeps_them() -> None:
    fence = ["```", "a  b", "c", "```"]
    written = ["A sentence.", "Another one.", "- an item of some length", "  and more", "- b", *fence, "z"]
    assert list(markdown.page(written, 20)) == [
        "A sentence. Another",
        "one.",
        "- an item of some",
        "  length and more",
        "- b",
        *fence,
        "z",
    ]


def test_code_within_a_sentence_is_not_broken() -> None:
    shown = list(markdown.page(["Give both numbers: `-p 5000:5000`.", "Not `-P`."], 24))
    assert shown == ["Give both numbers:", "`-p 5000:5000`. Not", "`-P`."]


@pytest.mark.parametrize("name", [name for name in REPORTS if name != "hostile"])
def test_reports_of_every_kind_fit(name: str) -> None:
    narrow = render(REPORTS[name], width=NARROW)
    assert fits(narrow), narrow
    assert words(narrow) == words(render(REPORTS[name]))
    plain = render(REPORTS[name], width=NARROW, colour=True)
    for code in ("1", "2", "31", "32", "33", "0"):
        plain = plain.replace(f"\x1b[{code}m", "")
    assert plain == narrow


def test_hostile_text_is_as_limited_in_a_narrow_terminal_as_in_a_wide_one() -> None:
    for text in ("word " * 10_000, "x" * 50_000):
        report = made(STARTED, step("pull", text, no(text, text, text, "docker pull nginx")))
        wide, narrow = (render(report, width=width) for width in (WIDTH, NARROW))
        assert len(narrow) < 2 * len(wide) < 3000
        assert words(narrow) == words(wide)


def test_a_long_mark_leaves_the_titles_half_of_the_line() -> None:
    first = step("a", "Start a registry on port 5000", no("x", "y", "z"))
    first = replace(first, state=State.BROKEN, done=True, broken_since="2026-03-01T10:39:00Z")
    shown = render(made(first, PULLED), width=NARROW).split("\n\n")[1]
    assert shown.splitlines() == [
        "broken since 2026-03-01 10:39 UTC  Start a registry on",
        "      port 5000",
        "done  Pull nginx and httpd from Docker Hub",
    ]


def test_attempts_are_broken_between_their_columns() -> None:
    tried = tuple(
        Tried(
            attempt=number,
            began="2026-03-02T10:39:00Z",
            looked_at=None,
            outcome=Outcome.FAIL,
            done=3,
            steps=7,
            points=10,
            max_points=20,
        )
        for number in (1, 2)
    )
    shown = listed("Push and pull", tried, width=NARROW)
    assert fits(shown)
    assert words(shown) == words(listed("Push and pull", tried))
    assert len(listed("Push and pull", tried).splitlines()) == 4
    assert all(row.startswith("     ") or row.strip()[0].isdigit() for row in shown.splitlines()[2:])


def test_a_word_longer_than_the_line_is_not_broken() -> None:
    digest = f"sha256:{'a' * 64}"
    assert wrapped(f"It is {digest}, not that.", 30) == ["It is", f"{digest},", "not that."]
    assert wrapped("    docker run --detach nginx", 10) == ["    docker run --detach nginx"]
    assert bounded("one two", 1, 10) == ("one two", 1)
    assert bounded("one two three", 1, 11) == ("one two ...", 1)
    assert bounded("one", 0) == ("", 0)
    assert beside("a", "", 10) == ["a"]
    assert column(["a" * 40, "bb"], 20) == 4
