"""Evidence: a log comes back as it was, is written with each document once, and a stranger's file breaks nothing."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labcheck import evidence
from labcheck.cause import TimedOut
from labcheck.document import Document
from labcheck.errors import InvalidEvidence
from labcheck.log import Answered, Gap, Log, Look, Shown
from labcheck.query import ImageNamed
from labcheck.snapshot import Absent, Answer, Evidence, Found, Snapshot, Unknown
from tests.support.logs import LOGS, look, pull

SHARED = ((1, ("nginx", "httpd")), (2, ("nginx", "registry", "httpd")), (3, ("nginx",)))
"""When somebody looked, and which images were seen."""
LOG = Log(
    "push-and-pull",
    1,
    (
        pull(1),
        look(2, "nginx"),
        Gap(3),
        look(4, "nginx", "httpd"),
        Answered(5, "catalog", "nginx"),
        Shown(6, "a", "hint"),
    ),
    "engine",
    3,
)


@given(LOGS)
def test_a_log_comes_back_as_it_was(log: Log) -> None:
    data = evidence.encode(log)
    assert evidence.decode(data) == log
    assert evidence.encode(evidence.decode(data)) == data


def test_the_three_values_stay_apart() -> None:
    seen: list[Evidence[Document]] = [Found({"Id": "x"}), Found({}), Absent(), Unknown("Down.", TimedOut(5))]
    queries = ImageNamed("a"), ImageNamed("b"), ImageNamed("c"), ImageNamed("d")
    snapshot = Snapshot.of(dict(zip(queries, seen, strict=True)))
    read = evidence.decode(evidence.encode(Log("lab", 0, (Look(1, 1, snapshot),)))).looks[0].snapshot
    assert [answer.evidence for answer in read.answers] == seen


def test_each_document_is_written_once() -> None:
    written = json.loads(evidence.encode(LOG))
    assert len(written["documents"]) == 3
    assert evidence.encode(LOG).count(b'"sha256:nginx"') == 1


def test_what_is_read_shares_its_documents() -> None:
    first, second = evidence.decode(evidence.encode(LOG)).looks
    assert first.snapshot.answers[0].found is second.snapshot.answers[0].found


def test_what_the_look_before_saw_is_the_same_answer_and_read_once() -> None:
    missing = Answer(ImageNamed("a"), unknown=Unknown("The engine does not answer.", TimedOut(seconds=5)))
    looks = tuple(Look(at, at, Snapshot((missing, *look(at, *names).snapshot.answers))) for at, names in SHARED)
    first, second, third = (it.snapshot.answers for it in evidence.decode(evidence.encode(Log("x", 0, looks))).looks)
    assert [it is was for it, was in zip(second, first, strict=False)] == [True, True, False]
    assert [it is was for it, was in zip(third, second, strict=False)] == [True, True]
    assert second[2:] == looks[1].snapshot.answers[2:]


def test_the_same_document_with_its_keys_in_another_order_is_the_same() -> None:
    one, other = Answer(ImageNamed("a"), found={"x": 1, "y": {"a": 1, "b": 2}}), {"y": {"b": 2, "a": 1}, "x": 1}
    both = Log("lab", 0, (Look(1, 1, Snapshot((one, Answer(ImageNamed("b"), found=other)))),))
    assert len(json.loads(evidence.encode(both))["documents"]) == 1


def edited(change: Callable[[Any], object]) -> bytes:
    """The log's evidence after an edit."""
    value = json.loads(evidence.encode(LOG))
    change(value)
    return json.dumps(value).encode()


def test_other_white_space_is_no_edit() -> None:
    assert evidence.decode(edited(lambda value: value)) == LOG


@pytest.mark.parametrize("schema", [0, 4, -1, 10**30])
def test_an_unknown_schema_is_refused_politely(schema: int) -> None:
    with pytest.raises(InvalidEvidence, match=f"schema {schema}, but this labcheck reads only 1 to 3") as refused:
        evidence.decode(edited(lambda value: value.update(schema=schema)))
    assert ("newer labcheck" in refused.value.remedy) is (schema > 3)


def caused(unknown: str | None = None, **cause: str) -> Callable[[Any], object]:
    """The edit that says of the first answer that it is unknown, and why."""
    return lambda value: value["entries"][1]["answers"][0].update(found=None, unknown=unknown, cause=cause)


DAMAGED = {
    "empty": b"",
    "null": b"null",
    "list": b"[]",
    "another object": b"{}",
    "no UTF-8": b"\xff\xfe",
    "schema as text": b'{"schema": "1"}',
    "nothing but a schema": b'{"schema": 1}',
    "endless number": b'{"schema": 1' + b"0" * 100_000 + b"}",
    "deep lists": b"[" * 1_000_000,
    "deep objects": b'{"a":' * 1_000_000,
    "deep document": b'{"schema": 1, "documents": {"a": ' + b'{"a":' * 100_000,
    "cut off": evidence.encode(LOG)[:-100],
    "field missing": edited(lambda value: value.pop("lab")),
    "field unknown": edited(lambda value: value.update(extra=1)),
    "field of another type": edited(lambda value: value.update(lab=None)),
    "entries of another type": edited(lambda value: value.update(entries={})),
    "unknown entry": edited(lambda value: value["entries"][0].update(type="new")),
    "time as text": edited(lambda value: value["entries"][1].update(at="1")),
    "unknown query": edited(lambda value: value["entries"][1]["answers"][0].update(query={"ask": "new"})),
    "answer without its document": edited(lambda value: value["entries"][1]["answers"][0].update(found="sha256:none")),
    "event without its document": edited(lambda value: value["entries"][0].update(document="sha256:none")),
    "cause without a reason": edited(caused(kind="disk-full")),
    "unknown cause": edited(caused(unknown="?", kind="new")),
    "cause without what it must tell": edited(caused(unknown="?", kind="timed-out")),
    "cause that tells more than it may": edited(caused(unknown="?", kind="disk-full", more="x")),
    "no documents": edited(lambda value: value["documents"].clear()),
    "document changed": edited(lambda value: next(iter(value["documents"].values())).update(Id="forged")),
    "document of another type": edited(lambda value: value["documents"].update(a=[])),
}


@pytest.mark.parametrize("data", DAMAGED.values(), ids=DAMAGED)
def test_what_cannot_be_read_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidEvidence) as refused:
        evidence.decode(data)
    assert str(refused.value).isprintable()
    assert len(str(refused.value)) < 300
    assert refused.value.remedy


def test_a_strangers_text_in_the_message_steers_no_terminal() -> None:
    with pytest.raises(InvalidEvidence, match=r"\?\[2J") as refused:
        evidence.decode(edited(lambda value: value["entries"][0].update(type="\x1b[2J" + "x" * 1000)))
    assert len(str(refused.value)) < 300


@given(st.data())
def test_no_damage_makes_another_exception(data: st.DataObject) -> None:
    text = bytearray(evidence.encode(LOG))
    for _ in range(data.draw(st.integers(1, 5))):
        start = data.draw(st.integers(0, len(text)))
        text[start : start + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=5))
    with contextlib.suppress(InvalidEvidence):
        evidence.encode(evidence.decode(bytes(text)))


def test_too_much_is_refused_unread() -> None:
    with pytest.raises(InvalidEvidence, match="larger than 32 MiB"):
        evidence.decode(b"[" * (evidence.MAX_BYTES + 1))


def test_too_many_entries_are_neither_read_nor_written() -> None:
    many = Log("lab", 0, tuple(Gap(at) for at in range(evidence.MAX_ENTRIES + 1)))
    with pytest.raises(InvalidEvidence, match="20000 entries"):
        evidence.encode(many)
    gaps = [{"type": "gap", "at": 1}] * (evidence.MAX_ENTRIES + 1)
    with pytest.raises(InvalidEvidence, match="20000"):
        evidence.decode(edited(lambda value: value.update(entries=gaps)))


def test_what_is_no_text_is_refused_when_it_is_written() -> None:
    with pytest.raises(InvalidEvidence, match="not valid UTF-8"):
        evidence.encode(Log("lab", 0, (Answered(1, "step", "\udcff"),)))


@pytest.mark.parametrize("value", [object(), {1j: 1}, 1j])
def test_what_is_no_json_is_refused_and_asked_for(value: object) -> None:
    with pytest.raises(InvalidEvidence, match="cannot be stored") as refused:
        evidence.canonical(value)
    assert refused.value.remedy == "Please report it."
