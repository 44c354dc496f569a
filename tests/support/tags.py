"""HTML held to its tags: each is closed where it belongs."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = {"input", "br"}


class Tags(HTMLParser):
    """Holds every tag to its end; ``seen`` are the names of all, ``attributes`` the names of theirs."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.stack: list[str] = []
        self.seen: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(html)
        assert self.stack == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag begins."""
        self.seen.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in VOID:
            self.stack.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """It ends, and those within have ended."""
        assert self.stack.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """It begins and ends at once, as in SVG."""
        self.seen.add(tag)
        self.attributes |= {name for name, _ in attrs}
