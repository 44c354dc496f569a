"""Before the server ends each page is asked to save, and none is waited for for ever."""

from __future__ import annotations

import asyncio

from labcheck.notebook.closing import Pages
from labcheck.notebook.pressed import Message


class Page:
    """A page that saves when it is asked, or does not."""

    def __init__(self, pages: Pages, *, is_asleep: bool = False) -> None:
        self.told: list[Message] = []
        self._pages = pages
        self._is_asleep = is_asleep
        pages.opened(self)

    def send(self, message: Message) -> None:
        """Be asked."""
        self.told.append(message)
        if not self._is_asleep:
            asyncio.get_running_loop().call_later(0.01, self._pages.left, self)


async def saved(pages: Pages, patience: float) -> bool:
    return await pages.save(patience)


def test_all_pages_save() -> None:
    pages = Pages()
    two = [Page(pages), Page(pages)]
    assert asyncio.run(saved(pages, 30))
    assert ["The course is closed." in page.told[0].save for page in two] == [True, True]


def test_a_page_that_sleeps_is_not_waited_for() -> None:
    pages = Pages()
    Page(pages), Page(pages, is_asleep=True)
    assert not asyncio.run(saved(pages, 0.1))


def test_without_a_page_there_is_nothing_to_wait_for() -> None:
    assert asyncio.run(saved(Pages(), 30))
