"""The gradebook's page and a learner's feedback: what they say, and that a stranger's text is no markup."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser

import pytest
from msgspec.structs import replace

from labcheck.grade.output import assets
from labcheck.gradebook import Marked
from labcheck.lab import load
from labcheck.render import feedback, gradebook_html
from labcheck.render.class_view import Class
from labcheck.render.marks import Word, file_name, word
from labcheck.submission import Learner
from labcheck.timeline import timeline
from tests.support import recorded
from tests.support.gradebooks import book
from tests.support.submissions import LAB

ANN, BOB, CYD, DORA, EMIL, FAY = book().marked


class Reader(HTMLParser):
    """The elements of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep it."""
        self.elements.append((tag, dict(attrs)))


def page() -> str:
    return "".join(gradebook_html.render(book(), assets(), feedback="feedback"))


def test_the_page_needs_nothing_else_and_runs_only_its_own_script() -> None:
    read = Reader(page())
    assert not [attrs for _, attrs in read.elements if attrs.keys() & {"src", "srcset", "onclick", "style"}]
    assert not re.findall(r"https?://|@import|url\(", page())
    (policy,) = (attrs["content"] for _, attrs in read.elements if attrs.get("http-equiv"))
    data, script = re.findall(r"<script[^>]*>(.*?)</script>", page(), re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"
    rows = json.loads(data)["rows"]
    assert [row[1] for row in rows] == ["ann", "bob", "cyd", "dora", "emil", "fay"]
    assert rows[0][3] == ["19 of 19", 19, ""]
    assert rows[1][4] == ["undecided, 0 to 2", 0, "undecided"]
    assert rows[0][-1] == f"feedback/{file_name(ANN)}.html"
    assert rows[5][-1] == ""
    assert all(len(row) == 3 + 11 + 2 for row in rows)


def test_nothing_of_a_stranger_is_markup_or_invisible() -> None:
    for html in (page(), feedback.page(CYD, {})):
        read = Reader(html)
        assert "b" not in {tag for tag, _ in read.elements}
        assert not {"\x1b", "\u202e"} & set(html)
    assert [tag for tag, _ in Reader(page()).elements].count("script") == 2, "a name ends no script"


def test_the_class_is_counted_step_by_step() -> None:
    seen = Class(book())
    ((_, steps),) = seen.labs()
    registry = steps[0]
    assert registry.words == {Word.DONE: 2, Word.UNDECIDED: 1, Word.OPEN: 1, Word.EXCUSED: 1}
    assert (seen.graded, seen.missing, seen.undecided) == (5, 1, 1)
    assert next((it.title, it.stuck) for it in seen.stuck()) == (registry.title, 1)
    text = " ".join(page().split())
    assert "5 graded, 1 not gradable, 1 handed nothing in, 1 with undecided points." in text
    assert '<td class="number done">2 (40%)</td>' in text


def test_feedback_says_why_and_what_to_do_and_when_what_was_done() -> None:
    deeds = {LAB: timeline(load(LAB), recorded.log("solved"))}
    html, text = feedback.page(ANN, deeds), feedback.markdown(ANN, deeds)
    assert "19 of 19 points" in html
    assert "Named an image localhost:5000/nginx" in html
    assert r"Named an image localhost:5000/nginx" in text
    for step in CYD.labs[0].steps:
        assert step.title in feedback.page(CYD, {})
        assert word(step) in {Word.OPEN, Word.LATER}
    assert "docker run -d --name my-registry" in feedback.page(CYD, {})
    assert "` docker run -d --name my-registry" in feedback.markdown(CYD, {})
    assert feedback.UNDECIDED in feedback.page(BOB, {})
    assert "counts neither for nor against" in feedback.page(DORA, {})


def test_feedback_tells_a_learner_nothing_that_is_the_instructors() -> None:
    assert CYD.flags
    assert "Shared" not in feedback.page(CYD, {}) + feedback.markdown(CYD, {})


def test_markdown_of_a_stranger_is_text() -> None:
    hostile = replace(CYD, learner=Learner("cyd", "[x](javascript:1) <b> `a` *b* # c"))
    head = feedback.markdown(hostile, {}).splitlines()[0]
    assert not re.search(r"(?<!\\)[\[\]<>`*#]", head.removeprefix("# "))


@pytest.mark.parametrize("learner", ["../../etc/passwd", "", "a/b", "..", "x" * 500, "CON", "é\u202e", "a b", "-rf"])
def test_a_files_name_is_harmless_and_its_own(learner: str) -> None:
    def named(id_: str, file: str) -> str:
        return file_name(Marked(learner=Learner(id_), file=file, submitted_at=None))

    name = named(learner, "x")
    assert re.fullmatch(r"[A-Za-z0-9_@][A-Za-z0-9._@-]{0,70}", name)
    assert name not in {named(learner, "y"), named(f"{learner} ", "x"), named(learner.upper() + "!", "x")}
