"""The log's entries."""

from __future__ import annotations

from labcheck.document import Document
from labcheck.log import Happened, event


def test_what_an_engine_told_is_kept_as_it_was_told() -> None:
    told: Document = {"Type": "image", "Action": "pull", "timeNano": 7}
    entry = event(told)
    assert entry == Happened({"Type": "image", "Action": "pull", "timeNano": 7})
    assert entry.at == 7
