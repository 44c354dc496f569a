"""JupyterLab's side of what is live on a page: what each kind of page is told, and what a press on it does."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Generic

import msgspec
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_path_join
from tornado.ioloop import PeriodicCallback
from tornado.web import authenticated

from labcheck.contents import Contents
from labcheck.errors import LabcheckError
from labcheck.lab import Lab, load
from labcheck.notebook.board import Board, News, lab_board
from labcheck.notebook.closing import Pages, save_before_the_end
from labcheck.notebook.course import follow as course
from labcheck.notebook.explorer import Typed, handed_in, question, typed
from labcheck.notebook.mistake_page import page
from labcheck.notebook.on_wall import follow as whereabouts
from labcheck.notebook.on_wall import on_wall
from labcheck.notebook.page_socket import PAGES, PageSocket
from labcheck.notebook.pressed import Message, Pressed, Shown, pressed, standing
from labcheck.notebook.registry import domain_of
from labcheck.notebook.registry import follow as registry
from labcheck.notebook.timeline import follow as timeline
from labcheck.notebook.where_now import WhereNow
from labcheck.ready import ready
from labcheck.render.explorer import Exercise
from labcheck.render.registry import announced, live
from labcheck.report import Report

PATH = "labcheck"
NOT_FOUND = 404
WALL_MILLISECONDS = 1000
"""How often a page looks whether a wall shows its learner."""


class Boards:
    """What pages show: of each lab, each registry and the course one board, the same for all."""

    def __init__(self) -> None:
        self._labs: dict[str, Board[Report]] = {}
        self._registries: dict[str, Board[Contents]] = {}
        self._timelines: dict[str, Board[str]] = {}
        self.course = Board(course)
        self.where = Board(whereabouts)

    def lab(self, lab: Lab) -> Board[Report]:
        """The board of this lab."""
        return self._labs.setdefault(lab.slug, lab_board(lab))

    def timeline(self, lab: Lab) -> Board[str]:
        """The board of what was done in this lab."""
        return self._timelines.setdefault(lab.slug, Board(partial(timeline, lab)))

    def registry(self, domain: str) -> Board[Contents]:
        """The board of the registry at this domain."""
        return self._registries.setdefault(domain, Board(partial(registry, domain)))


class BoardPage(PageSocket, Generic[News]):
    """One page that shows what a board tells."""

    def initialize(self, boards: Boards) -> None:
        """What all pages share."""
        self.boards = boards

    def board(self) -> Board[News]:
        """The board that the page asks for. Raises :class:`LabcheckError` where there is none."""
        raise NotImplementedError

    def show(self, news: News) -> None:
        """Tell the page what is new."""
        raise NotImplementedError

    def begin(self) -> None:
        """Begin to tell what the board has."""
        self._board = self.board()
        self._board.join(self._hear)

    def end(self) -> None:
        """The page is gone."""
        self._board.leave(self._hear)

    def _hear(self, news: News | LabcheckError) -> None:
        """The board's thread has news."""
        self.later(self._tell, news)

    def _tell(self, news: News | LabcheckError) -> None:
        if isinstance(news, LabcheckError):
            self.send(Message(say=news.in_one_line))
        else:
            self.show(news)


class LiveChecklist(BoardPage[Report]):
    """One page that shows a lab."""

    shown: Shown | None = None

    def board(self) -> Board[Report]:
        """How the lab stands."""
        self._lab = load(self.get_query_argument("lab", ""))
        return self.boards.lab(self._lab)

    def pressed(self, text: str | bytes) -> Message:
        """Do what was pressed."""
        return pressed(self._lab, msgspec.json.decode(text, type=ready(Pressed)))

    def begin(self) -> None:
        """Also look now and then whether a wall shows the learner: that changes without anything being filed."""
        super().begin()
        self._now_and_then = PeriodicCallback(self._again, WALL_MILLISECONDS)
        self._now_and_then.start()

    def end(self) -> None:
        """The page is gone."""
        self._now_and_then.stop()
        super().end()

    def _again(self) -> None:
        if self.shown and self.shown.on_wall != on_wall():
            self.show(self.shown.report)

    def show(self, news: Report) -> None:
        """The whole checklist where it looks otherwise than before."""
        before, self.shown = self.shown, standing(self._lab, self.shown, news)
        if before is None or self.shown.message.say or self.shown.message.html != before.message.html:
            self.send(self.shown.message)


class LiveRegistry(BoardPage[Contents]):
    """One page that shows a registry."""

    shown: Contents | None = None

    def board(self) -> Board[Contents]:
        """What the registry holds."""
        return self.boards.registry(domain_of(self.get_query_argument("domain", "")))

    def pressed(self, text: str | bytes) -> Message:
        """There is nothing to press."""
        raise msgspec.ValidationError(f"{len(text)} letters")

    def show(self, news: Contents) -> None:
        """The whole drawing where it is another one."""
        if news != self.shown:
            before, self.shown = self.shown, news
            self.send(Message(html=live(news), say=announced(before, news) if before else ""))


class LiveText(BoardPage[str]):
    """One page that shows what a board draws; there is nothing to press on it."""

    shown = ""

    def pressed(self, text: str | bytes) -> Message:
        """There is nothing to press."""
        raise msgspec.ValidationError(f"{len(text)} letters")

    def show(self, news: str) -> None:
        """The whole, where it is another one."""
        if news != self.shown:
            self.shown = news
            self.send(Message(html=news))


class LiveTimeline(LiveText):
    """One page that shows what was done in a lab."""

    def board(self) -> Board[str]:
        """What was done."""
        return self.boards.timeline(load(self.get_query_argument("lab", "")))


class LiveCourse(LiveText):
    """One page that shows the map of the course."""

    def board(self) -> Board[str]:
        """How far one is in each lesson."""
        return self.boards.course


class LiveExplorer(PageSocket):
    """One page that takes names apart as they are typed; with a lab's step, until the right one is handed in."""

    asks: Exercise | None = None

    def begin(self) -> None:
        """Show the name that it begins with."""
        self._first, step = self.get_query_argument("name", ""), self.get_query_argument("step", "")
        if step:
            self._lab = load(self.get_query_argument("lab", ""))
            self.asks = Exercise(step, question(self._lab, step).ask)
        self.send(typed(self._first, self._first, self.asks))

    def pressed(self, text: str | bytes) -> Message:
        """Take apart what is typed by now, or mark it."""
        now = msgspec.json.decode(text, type=ready(Typed))
        if now.do and self.asks:
            return handed_in(self._lab, now.value, self.asks)
        return typed(now.value, self._first, self.asks)


class MistakePage(JupyterHandler):
    """A mistake's page, in a tab of its own."""

    @authenticated
    async def get(self) -> None:
        """Show it; where there is none of this name, say so."""
        try:
            self.finish(page(self.get_query_argument("name", "")))
        except LabcheckError as error:
            self.set_status(NOT_FOUND)
            self.set_header("Content-Type", "text/plain; charset=utf-8")
            self.finish(error.in_one_line)


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    """Lets JupyterLab's server find this extension."""
    return [{"module": "labcheck.notebook.page_server"}]


def _load_jupyter_server_extension(server: Any) -> None:  # noqa: ANN401 - the server's application, whichever it is
    """Serve the pages of this server."""
    web, base = server.web_app, server.web_app.settings["base_url"]
    boards = {"boards": Boards()}
    handlers: list[tuple[str, Callable[..., object], dict[str, object]]] = [
        (url_path_join(base, PATH, "live"), LiveChecklist, dict(boards)),
        (url_path_join(base, PATH, "explorer"), LiveExplorer, {}),
        (url_path_join(base, PATH, "mistake"), MistakePage, {}),
        (url_path_join(base, PATH, "registry"), LiveRegistry, dict(boards)),
        (url_path_join(base, PATH, "timeline"), LiveTimeline, dict(boards)),
        (url_path_join(base, PATH, "course"), LiveCourse, dict(boards)),
        (url_path_join(base, PATH, "where"), WhereNow, {"board": boards["boards"].where}),
    ]
    web.add_handlers(".*$", handlers)
    web.settings[PAGES] = Pages()
    save_before_the_end(server, web.settings[PAGES])
