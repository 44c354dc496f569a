"""JupyterLab in a browser, as a learner's hands and eyes use it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from labcheck.wait import repeat
from tests.live.leftovers import wait_for

DONE = ".ended-{}"
PROMPTED = ".prompted"
IDLE = ".jp-Notebook-ExecutionIndicator[data-status=idle]"
OVER = ".over"
BUSY = f"import pathlib, time\nwhile not pathlib.Path({OVER!r}).exists(): time.sleep(0.05)"
STEP = 400
"""Pixels that a notebook is scrolled by at once: less than is seen of it."""
RAN = re.compile(r"\[\d+\]:")


class JupyterLab:
    """The page, and the folder that its terminals begin in."""

    def __init__(self, page: Page, folder: Path) -> None:
        self.page = page
        self._folder = folder
        self._typed = 0
        arrived(page)

    def open_terminal(self) -> None:
        """Click the plus beside the first terminal, then the tile with the terminal."""
        tabs = self.page.locator(".lm-DockPanel-tabBar", has_text="Terminal 1")
        tabs.locator(".lm-TabBar-addButton").click()
        self.page.locator(".jp-LauncherCard", has_text="Terminal").click()
        expect(tabs.locator(".lm-TabBar-tabLabel", has_text="Terminal 2")).to_be_visible()

    def types(self, command: str, *, answering: str = "", by_key: bool = False) -> None:
        """Type a command in the terminal that is shown, and wait until it has ended well.

        It comes at once, as if pasted, unless ``by_key``: each key is drawn, which takes long.
        """
        self._typed += 1
        ended = self._folder / DONE.format(self._typed)
        keys = self.page.locator(".jp-Terminal:visible .xterm-helper-textarea").last
        if self._typed == 1:
            self._prompted(keys)
        keys.focus()
        typing = keys.press_sequentially if by_key else self.page.keyboard.insert_text
        typing(f"{command}; echo $? > {ended.name}")
        keys.press("Enter")
        if answering:
            self.page.wait_for_timeout(700)
            keys.press_sequentially(f"{answering}\n")
        assert wait_for(lambda: ended.exists() and ended.read_text(encoding="utf-8"), within=120), command
        assert ended.read_text(encoding="utf-8") == "0\n", command
        ended.unlink()

    def _prompted(self, keys: Locator) -> None:
        """Wait for the shell, as a person waits for its prompt: a command is typed until it is obeyed."""
        there = self._folder / PROMPTED
        for _ in range(60):
            keys.focus()
            self.page.keyboard.insert_text(f"touch {there.name}")
            keys.press("Enter")
            if wait_for(there.exists, within=2):
                there.unlink()
                return
        raise AssertionError("the terminal's shell never read what was typed")

    def theme(self, name: str) -> None:
        """Choose JupyterLab Light or JupyterLab Dark in the menu."""
        for item in ("Settings", "Theme", name):
            self.page.locator(".lm-MenuBar-item, .lm-Menu-item").get_by_text(item, exact=True).click()
        expect(self.page.locator("body")).to_have_attribute("data-jp-theme-name", name)

    def open_notebook(self, name: str) -> Notebook:
        """The notebook, once it is there and its kernel is idle."""
        self.page.locator(".jp-NotebookPanel:visible").first.wait_for()
        self.unfold(name)
        return Notebook(self.page, self._folder / name)

    def unfold(self, name: str) -> None:
        """Unfold the list of files, double-click the notebook in it, and fold it away again."""
        files = self.page.locator(".jp-SideBar.jp-mod-left [data-id=filebrowser]")
        files.click()
        self.page.locator(".jp-DirListing-item", has_text=name.removesuffix(".ipynb")[:8]).dblclick()
        files.click()


def arrived(page: Page) -> None:
    """Wait until the page has gone on to the notebook in its address, as it does some time after each load."""
    expect(page.locator(".jp-FileBrowser")).not_to_have_class(re.compile(r"\bjp-mod-restoring\b"))


def brought_to_front(page: Page, name: str) -> None:
    """Click a notebook's tab."""
    arrived(page)
    tab = page.locator(".lm-DockPanel .lm-TabBar-tab", has_text=name)
    tab.click()
    expect(tab).to_have_class(re.compile(r"\blm-mod-current\b"))


class Notebook:
    """The notebook that is shown, from its first cell to its last."""

    def __init__(self, page: Page, path: Path, *, is_idle: bool = True) -> None:
        arrived(page)
        self._page = page
        self.cells: list[Any] = repeat(lambda: _cells(path), bool, 30, every=0.1)
        self._over = path.with_name(OVER)
        # By its tab, whose panel has this id: another notebook may stand beside it.
        tab = page.locator(".lm-DockPanel .lm-TabBar-tab.lm-mod-current", has_text=path.name)
        self.shown = page.locator(f'.jp-NotebookPanel[id="{tab.get_attribute("data-id")}"]')
        self.shown.locator(".jp-Cell").first.wait_for()
        if is_idle:
            self.shown.locator(IDLE).wait_for()

    def number(self, source: str) -> int:
        """Which cell this stands in."""
        return next(number for number, cell in enumerate(self.cells) if source in "".join(cell["source"]))

    def cell(self, number: int) -> Locator:
        """A cell on the screen, or near it."""
        return self.shown.locator(f'.jp-Cell[data-windowed-list-index="{number}"]')

    def scrolled_to(self, number: int) -> Locator:
        """A cell, once it is on the screen: JupyterLab draws those that are."""
        pane = self.shown.locator(".jp-WindowedPanel-outer").first
        pane.hover()
        cell, drawn = self.cell(number), pane.locator(".jp-Cell")
        for _ in range(100):
            if cell.count():
                cell.scroll_into_view_if_needed()
                if cell.locator(".jp-OutputArea-output").first.is_visible():
                    return cell
            else:
                is_above = int(drawn.first.get_attribute("data-windowed-list-index") or 0) > number
                self._page.mouse.wheel(0, -STEP if is_above else STEP)
            self._page.wait_for_timeout(50)
        raise AssertionError(f"cell {number} was never drawn")

    def run(self, number: int, *, typing: str = "") -> str:
        """Click into a cell, type into it if there is something to type, press Shift and Enter; what it shows then."""
        self.begin(number, typing=typing)
        cell = self.cell(number)
        expect(cell.locator(".jp-InputPrompt")).to_have_text(RAN)
        return "\n".join(cell.locator(".jp-OutputArea-output").all_inner_texts())

    def begin(self, number: int, *, typing: str = "") -> None:
        """The same, without waiting for its end."""
        cell = self.cell(number)
        editor = cell.locator(".cm-content")
        editor.scroll_into_view_if_needed()
        editor.click()
        if typing:
            self._page.keyboard.press("Control+a")
            self._page.keyboard.insert_text(typing)
        self._page.keyboard.press("Shift+Enter")

    @contextmanager
    def running(self, number: int) -> Iterator[None]:
        """This cell runs as long as the block, however long that takes, and then ends."""
        prompt = self.cell(number).locator(".jp-InputPrompt")
        self.begin(number, typing=BUSY)
        expect(prompt).to_have_text("[*]:")
        try:
            yield
            expect(prompt).to_have_text("[*]:")
        finally:
            self._over.touch()
        self.shown.locator(IDLE).wait_for()
        self._over.unlink()


def _cells(path: Path) -> list[Any]:
    """The cells of the notebook in this file; none while JupyterLab writes it, which it does in place."""
    try:
        cells: list[Any] = json.loads(path.read_text(encoding="utf-8"))["cells"]
    except json.JSONDecodeError:
        return []
    return cells
