"""The gradebook's page in a browser: sorted and searched by keyboard, also by 10,000 learners; axe finds nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser, Page, expect

from labcheck.grade.output import assets
from labcheck.gradebook import Gradebook, Marked
from labcheck.render import feedback, gradebook_html
from labcheck.render.marks import file_name
from labcheck.submission import Learner
from tests.browser.test_shown import found
from tests.support.gradebooks import book

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
MANY = 10_000


class Many:
    """So many learners."""

    def __iter__(self) -> Iterator[Marked]:
        some = list(book().marked)
        for number in range(MANY):
            yield replace(some[number % 5], learner=Learner(f"l{number}", f"Learner {number}"))


def opened(browser: Browser, folder: Path, shown: Gradebook, scheme: Literal["light", "dark"] = "light") -> Page:
    """The page of this gradebook."""
    file = folder / "gradebook.html"
    with file.open("w", encoding="utf-8") as out:
        out.writelines(gradebook_html.render(shown, assets(), feedback="feedback"))
    page = browser.new_page(viewport={"width": 1280, "height": 800}, color_scheme=scheme)
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.goto(file.as_uri())
    return page


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_serious(browser: Browser, tmp_path: Path, scheme: Literal["light", "dark"]) -> None:
    page = opened(browser, tmp_path, book(), scheme)
    expect(page.get_by_role("status")).to_have_text("1 to 6 of 6 learners")
    assert found(page) == []
    page.screenshot(path=tmp_path / f"gradebook-{scheme}.png", full_page=True)
    (tmp_path / "feedback.html").write_text(feedback.page(list(book().marked)[1], {}), encoding="utf-8")
    page.goto((tmp_path / "feedback.html").as_uri())
    assert found(page) == []
    page.close()


def test_it_is_sorted_and_searched_by_keyboard(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, book())
    rows = page.locator("#learners tbody tr")
    head = page.get_by_role("button", name="Push and pull through a private registry")
    head.press("Enter")
    expect(rows.nth(0).locator("th")).to_have_text("Fay")
    head.press("Enter")
    expect(rows.nth(0).locator("th")).to_have_text("Ann")
    expect(page.locator("th[aria-sort=descending]")).to_have_text("Push and pull through a private registry")
    page.get_by_label("Search").fill("undecided")
    expect(rows).to_have_count(1)
    assert rows.nth(0).locator("a").get_attribute("href") == f"feedback/{file_name(list(book().marked)[1])}.html"
    page.close()


def test_ten_thousand_learners_are_shown_a_hundred_at_a_time(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, replace(book(), marked=Many()))
    status = page.get_by_role("status")
    expect(status).to_have_text("1 to 100 of 10000 learners")
    page.get_by_role("button", name="Next").press("Enter")
    expect(status).to_have_text("101 to 200 of 10000 learners")
    page.get_by_role("button", name="Id").press("Enter")
    page.get_by_label("Search").fill("learner 9999")
    expect(status).to_have_text("1 to 1 of 1 learners")
    page.close()
