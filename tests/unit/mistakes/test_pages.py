"""Every mistake that labcheck names was really made, and has a page that says what to do."""

from __future__ import annotations

import re
import time

import pytest

from labcheck.errors import UnknownName
from labcheck.mistake import explain
from labcheck.mistake.known import body, families, named
from labcheck.mistake.page import Page
from tests.support import recorded
from tests.support.asked import EACH, INDEX, PAGES, UNSEEN
from tests.support.mistake import NAMES, RECORD, read

HEADINGS = ["What you see", "Why", "How to fix it", "How to avoid it", "Source"]
BY_NAME = {page.name: page for page in PAGES}


def test_there_are_at_least_sixty_and_each_can_be_read() -> None:
    assert len(PAGES) >= 60
    assert not INDEX.troubles


def test_every_one_was_really_made_and_what_was_seen_is_recorded() -> None:
    assert {read(name).diagnosis for name in NAMES} >= set(BY_NAME)
    lacking = [name for name in NAMES if name not in {*recorded.ATTEMPTS, *recorded.MESSAGES}]
    assert not lacking, f"{lacking[0]} has no recording: {RECORD.format(lacking[0])}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_page_says_what_there_is_to_say(page: Page) -> None:
    text = body(page)
    assert text.startswith(f"# {page.name}\n")
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert headings == HEADINGS
    assert re.search(r"\n(?:https://\S+|[\w.-]+/[\w.-]+#\d+)\n\Z", text)
    assert page.summary.endswith(".")
    assert page.name == page.name.lower()
    is_seen = page.name in EACH or any(page.name in them for them in UNSEEN.values())
    assert page.sayings or is_seen, "nothing recognises it"
    assert is_seen or not page.evidence, "what no function recognises is not explained"
    assert not is_seen or page.when_seen, "what a function recognises is explained"


def test_every_family_is_shown_with_its_pages() -> None:
    shown = [page for _, pages in families() for page in pages]
    assert sorted(page.name for page in shown) == sorted(BY_NAME)
    assert all(pages for _, pages in families())


def test_what_comes_before_another_names_one_that_there_is() -> None:
    place = {page.name: number for number, page in enumerate(PAGES)}
    for page in PAGES:
        for other in page.before:
            assert place[page.name] < place[other], f"{page.name} before {other}"


def test_a_name_that_is_near_is_offered() -> None:
    with pytest.raises(UnknownName) as refused:
        named("tagged-not-pushd")
    assert "tagged-not-pushed" in refused.value.remedy


@pytest.mark.parametrize(
    "piece", ["Bind for", "https://", "https://\n", "/docker/registry/v2/", "failed to bind host port"]
)
def test_a_message_made_to_be_slow_is_read_within_bounds(piece: str) -> None:
    began = time.process_time()
    explain(piece * (1_000_000 // len(piece)))
    assert time.process_time() - began < 60  # in proportion to the square of its length it would take an hour


def test_of_a_long_log_the_end_is_understood() -> None:
    said = "all is well\n" * 100_000 + "Error response from daemon: No such container: web\n"
    found = explain(said)
    assert found is not None
    assert found[0] == "no-such-container"
