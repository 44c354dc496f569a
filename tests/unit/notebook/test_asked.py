"""A question as a cell shows it, and what a right answer about a name shows."""

from __future__ import annotations

from labcheck.name_answer import NameAnswer
from labcheck.notebook.asked import asked, read_out
from labcheck.notebook.result import Result
from labcheck.question import Question, Truth
from labcheck.verdict import Outcome

SAME = Question(
    ask="Which of these mean the same as redis: redis:latest, redis/redis?",
    kind="set",
    answer=Truth(name=NameAnswer(same_as=("redis", "redis:latest", "redis/redis"))),
)
REFUSED = Question(
    ask='Why does Docker refuse "<b>/app:"?',
    kind="choice",
    answer=Truth(name=NameAnswer(refused_for="<b>/app:")),
    choices={"tag": "A tag <is> missing.", "repository": "It has signs."},
)
DONE = Result("Done", "<p>Done</p>\n")


def test_a_question_is_shown_with_the_line_that_answers_it() -> None:
    shown = asked("same", SAME)
    assert f"{shown}" == f'{SAME.ask}\n    lab.answer("same", "...")'
    assert "as <code>redis</code>: <code>redis:latest</code>, <code>redis/redis</code>?" in shown._repr_html_()
    assert "<code>lab.answer(&quot;same&quot;, &quot;...&quot;)</code>" in shown._repr_html_()
    assert "<ul>" not in shown._repr_html_()


def test_its_choices_are_listed_and_nothing_in_it_is_markup() -> None:
    shown = asked("why", REFUSED)
    assert "- tag: A tag <is> missing.\n- repository: It has signs.\n" in f"{shown}"
    html = shown._repr_html_()
    assert "refuse &quot;<code>&lt;b&gt;/app:</code>&quot;?" in html
    assert "<li>tag: A tag &lt;is&gt; missing.</li>" in html
    assert "<b>" not in html


def test_a_right_answer_shows_how_docker_reads_the_name() -> None:
    question = Question(ask="Which?", kind="part", answer=Truth(name=NameAnswer(registry_of="myhost/app")))
    shown = read_out(DONE, Outcome.PASS, question)
    assert f"{shown}".startswith("Done\n\nmyhost/app\n  domain     docker.io")
    assert shown._repr_html_().startswith("<p>Done</p>\n<section")
    assert read_out(DONE, Outcome.FAIL, question) is DONE
    assert read_out(DONE, Outcome.PASS, SAME) is DONE
    assert read_out(DONE, Outcome.PASS, Question(ask="?", kind="number", answer=Truth(count_of="images"))) is DONE


def test_of_a_name_that_was_corrected_it_shows_the_right_one() -> None:
    question = Question(ask="?", kind="name", answer=Truth(name=NameAnswer(corrected="https://ghcr.io/App")))
    assert "\nghcr.io/app:latest\n  domain     ghcr.io" in f"{read_out(DONE, Outcome.PASS, question)}"
