"""A paged list: only the ``Link`` header of each reply says whether there is another page, and where.

Source: opencontainers/distribution-spec, "Listing Tags"; RFC 8288.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from labcheck.cause import AnswerTooLarge, RedirectLoop, UnexpectedAnswer
from labcheck.observe.http.address import joined, who
from labcheck.observe.http.client import Reply
from labcheck.observe.trouble import CannotLook

MOST = 100
NEXT = r'(?i)<([^>]*)>\s*;[^,<]*\brel="?next\b'


def pages(first: str, ask: Callable[[str], Reply], *, domain: str, host: str) -> Iterator[Reply]:
    """Each page's reply, starting at the first target. ``domain`` is the registry's name, ``host`` is what to ask.

    Raises :class:`CannotLook` if there are too many pages, or if a page leads in circles or to another host.
    """
    target, seen = first, set[str]()
    while target not in seen:
        if len(seen) == MOST:
            raise CannotLook(f"{domain} lists more than labcheck reads ({MOST} pages).", AnswerTooLarge())
        seen.add(target)
        reply = ask(target)
        yield reply
        header = reply.header("Link")
        link = re.search(NEXT, header) if header else None
        if link is None:
            return
        parts = urlsplit(joined(reply.url, link[1]))
        if parts.netloc != host:
            sentence = f"{domain} says that its next page is somewhere else, at {who(parts)}."
            raise CannotLook(sentence, UnexpectedAnswer())
        target = f"{parts.path}?{parts.query}"
    raise CannotLook(f"{domain} sends us in circles, from one page to the next.", RedirectLoop())
