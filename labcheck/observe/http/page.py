"""What a web server on this machine shows: whether its page says certain words, and nothing else of it."""

from __future__ import annotations

import time
from typing import Final

from labcheck.cause import ConnectionRefused, Disconnected, InvalidAddress, NotHttp
from labcheck.document import Document
from labcheck.observe.http.address import is_loopback, split
from labcheck.observe.http.client import MEBIBYTE, Client, Reply
from labcheck.observe.trouble import CannotLook
from labcheck.snapshot import Absent, Evidence, Found
from labcheck.words import says

PAUSES: Final = (0.05, 0.1, 0.2, 0.4)
"""docker-proxy accepts a connection a moment before the server behind it does, and then resets it."""


def page(domain: str, words: str, client: Client) -> Evidence[Document]:
    """The page's status, and whether it says these words; absent if nothing answers."""
    url = f"http://{domain}/"
    if not is_loopback(split(url).hostname or ""):
        raise CannotLook(f"{domain} is not on this machine, so labcheck does not look there.", InvalidAddress())
    try:
        reply = _asked(url, client)
    except CannotLook as trouble:
        match trouble.cause:
            case ConnectionRefused():
                return Absent()
            case NotHttp():
                return Found({"status": 0, "says": False})
        raise
    return Found({"status": reply.status, "says": says(reply.body, words)})


def _asked(url: str, client: Client) -> Reply:
    for pause in PAUSES:
        try:
            return client.send("GET", url, limit=MEBIBYTE, follow=False)
        except CannotLook as trouble:
            if not isinstance(trouble.cause, Disconnected):
                raise
            time.sleep(min(pause, client.deadline.left))
    return client.send("GET", url, limit=MEBIBYTE, follow=False)
