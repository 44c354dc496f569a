"""The wall on a projector: it shows who needs help first, moves by itself, and says when its server is gone."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from labcheck import classroom
from labcheck.lab import load
from labcheck.member import Member, member
from labcheck.share import deliver
from labcheck.share.where import Stand, Step, Where
from tests.browser.test_shown import found
from tests.support.wall import DEADLINE, Running, running

NAMES = ("Amina Diallo", "Bo Svensson", "Chiara Rossi", "Deniz Kaya", "Emeka Obi", "Fatima Zahra", "Goran Ilić")
MORE = ("Hana Sato", "Ines Duarte", "Jonas Weber", "Kavya Rao", "Liam O'Brien")
MADE = classroom.new([(f"l{number}", name) for number, name in enumerate((*NAMES, *MORE))])
LAB = load("push-and-pull")
BOTTOM = "Math.max(...[...document.querySelectorAll('.name, .card')].map(it => it.getBoundingClientRect().bottom))"


class Class:
    """Twelve learners, whose courses tell a wall where they are."""

    def __init__(self, members: list[Member], address: str) -> None:
        self._members, self._address = members, address
        self._told: dict[int, Where] = {}
        self._lock, self._over = threading.Lock(), threading.Event()
        self._thread = threading.Thread(target=self._go_on)
        self._thread.start()

    def tell(self, learner: int, at: str, **more: object) -> None:
        """A learner is at this step; at none, all is done."""
        ids = [step.id for step in LAB.steps]
        at = ids[-1] if at == "last" else at
        place = ids.index(at) if at else len(ids)
        steps = tuple(
            Step(id_, Stand((2, 1, 0)[(number >= place) + (number > place)])) for number, id_ in enumerate(ids)
        )
        self._told[learner] = Where(LAB.slug, steps, at, **more)  # type: ignore[arg-type]
        self._tell(learner)

    def _tell(self, learner: int) -> None:
        with self._lock:
            number = time.time_ns() // 1000
            assert not deliver.tell(self._address, self._members[learner], self._told[learner], number)

    def _go_on(self) -> None:
        """Tell all again now and then, as learners' courses do."""
        while not self._over.wait(deliver.HEARTBEAT):
            for learner in tuple(self._told):
                self._tell(learner)

    def close(self) -> None:
        """Tell nothing more."""
        self._over.set()
        self._thread.join(DEADLINE)


@pytest.fixture
def wall(tmp_path: Path) -> Iterator[Running]:
    classroom.write(MADE, tmp_path / "class.json")
    with running(tmp_path / "class.json") as it:
        yield it


@pytest.fixture
def those(wall: Running) -> Iterator[Class]:
    it = Class(list(map(_member, MADE.learners)), wall.address)
    yield it
    it.close()


def test_it_shows_a_class_as_it_goes(browser: Browser, wall: Running, those: Class, tmp_path: Path) -> None:
    those.tell(0, "push", mistake="tagged-not-pushed", stuck=400, shown=2)
    those.tell(1, "catalog", waiting=130)
    those.tell(2, "prune", idle=900)
    those.tell(3, "push", mistake="tagged-not-pushed", stuck=20)
    those.tell(4, "start-registry", mistake="port-held-by-container", stuck=700, shown=1)
    for learner, at in ((5, "pull"), (6, "tag"), (7, "pull-back"), (8, "last")):
        those.tell(learner, at)
    those.tell(9, "")
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(wall.page)
    expect(page).not_to_have_url(re.compile("token"))
    _is_told(page, "1 asks for help · 2 stuck · 1 no step done for a while · 5 working · 1 finished · 2 not here yet")
    expect(page.locator(".card h3")).to_have_text([re.compile(it) for it in ("Bo", "Emeka", "Amina", "Chiara")])
    expect(page.locator(".common li")).to_have_text(["2 times: The image has its new name, but it was not pushed."])
    page.screenshot(path=tmp_path / "wall.png")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert found(page, "body") == []
    page.screenshot(path=tmp_path / "dark.png")
    began = time.monotonic()
    those.tell(1, "prune")  # the hand is down again, and the answer was right
    _is_told(page, "2 stuck · 1 no step done for a while · 6 working · 1 finished · 2 not here yet")
    assert time.monotonic() - began < DEADLINE
    those.close()
    wall.end()
    expect(page.locator("#link")).to_have_text("The wall's server does not answer. This is what was last heard.")
    expect(page.locator(".card")).to_have_count(3)
    page.close()


def test_a_class_of_thirty_is_seen_without_scrolling(browser: Browser, tmp_path: Path) -> None:
    it = classroom.new([(f"l{number}", f"{NAMES[number % 7]} {number}") for number in range(30)])
    classroom.write(it, tmp_path / "class.json")
    with (
        running(tmp_path / "class.json") as wall,
        closing(Class(list(map(_member, it.learners)), wall.address)) as those,
    ):
        for number in range(3):
            those.tell(number, "push", mistake="tagged-not-pushed", stuck=400, shown=2)
            those.tell(3 + number, "catalog", waiting=130)
        for number in range(6, 30):
            those.tell(number, LAB.steps[number % 5].id)
        for width, height in ((1920, 1080), (1280, 800)):
            page = browser.new_page(viewport={"width": width, "height": height})
            page.goto(wall.page)
            _is_told(page, "3 ask for help · 3 stuck · 24 working")
            page.screenshot(path=tmp_path / f"{width}.png")
            seen = page.evaluate(BOTTOM)
            assert seen <= height
            size = page.evaluate("parseFloat(getComputedStyle(document.querySelector('.why')).fontSize)")
            assert size >= width / 80, "as wide a projector, as large its letters"
            page.close()


def _member(learner: classroom.Enrolled) -> Member:
    return member(learner.code)


def _is_told(page: Page, summary: str) -> None:
    expect(page.locator(".summary")).to_have_text(summary, timeout=DEADLINE * 1000)
