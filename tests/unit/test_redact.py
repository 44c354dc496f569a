"""What is handed in names only what the labs are about, and is judged and explained like what was seen."""

from __future__ import annotations

import lzma
from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from labcheck.document import Document, items, number, texts
from labcheck.judge import judge
from labcheck.log import Entry, Happened, Log, Look
from labcheck.plan import plan
from labcheck.query import ContainerList, EngineInfo, ImageList, ImageNamed, LoginList, TrustList
from labcheck.redact import Redaction
from labcheck.snapshot import Answer, Snapshot
from labcheck.submission import Learner, Submission
from labcheck.submission_file import decode, encode
from tests.support import recorded

SECRET = "s3cret"  # noqa: S105 - what must not be found
PRIVATE = f"registry.{SECRET}.example:8443/{SECRET}-project/{SECRET}-backend:v1"


def _redacted(name: str, log: Log) -> tuple[Log, Redaction]:
    redaction = Redaction([plan(recorded.lab(name).drawn(log.seed)).subject])
    return redaction.log(log), redaction


@pytest.mark.parametrize("name", recorded.ATTEMPTS)
def test_it_is_judged_and_explained_like_what_was_seen(name: str) -> None:
    log = recorded.log(name)
    lab = recorded.lab(name).drawn(log.seed)
    assert judge(lab, _redacted(name, log)[0]) == judge(lab, log)


def _crowded(document: Document, answer: Answer) -> Document:  # noqa: PLR0911 - one line for each query
    """What was seen, on a machine on which there is much else."""
    match answer.query:
        case ContainerList():
            other = {
                "Id": "f" * 64,
                "Names": [f"/{SECRET}-db"],
                "Image": PRIVATE,
                "ImageID": "sha256:0",
                "State": "running",
            }
            return {**document, "listed": [*items(document, "listed"), other]}
        case ImageList():
            other = {
                "Id": "sha256:0",
                "RepoTags": [PRIVATE],
                "RepoDigests": [f"{PRIVATE.rpartition(':')[0]}@sha256:{'0' * 64}"],
            }
            return {**document, "listed": [*items(document, "listed"), other]}
        case ImageNamed():
            return {**document, "RepoTags": [*texts(document, "RepoTags"), PRIVATE]}
        case LoginList():
            return {**document, "registries": [*texts(document, "registries"), f"{SECRET}.example"]}
        case TrustList():
            return {**document, "folders": {f"{SECRET}.example": [f"{SECRET}.crt"]}}
        case EngineInfo():
            return {**document, "Labels": [*texts(document, "Labels"), f"owner={SECRET}"]}
    return document


def _with_others(log: Log) -> Iterator[Entry]:
    for entry in log.entries:
        if isinstance(entry, Look):
            answers = (replace(it, found=_crowded(it.found, it)) if it.found else it for it in entry.snapshot.answers)
            yield replace(entry, snapshot=Snapshot(tuple(answers)))
            at = entry.until + 1
            yield _event(at, "image", "pull", PRIVATE, name=PRIVATE)
            yield _event(at + 1, "image", "tag", "sha256:0", name=PRIVATE)
            yield _event(at + 2, "container", "start", "f" * 64, name=f"{SECRET}-db", image=PRIVATE)
        else:
            yield entry


def _event(at: int, kind: str, action: str, actor: str, **attributes: str) -> Happened:
    return Happened({"Type": kind, "Action": action, "timeNano": at, "Actor": {"ID": actor, "Attributes": attributes}})


@pytest.mark.parametrize("name", ["solved", "registry-missing-in-name", "other-registry-in-name"])
def test_nothing_else_is_named(name: str) -> None:
    crowded = replace(recorded.log(name), entries=tuple(_with_others(recorded.log(name))))
    assert SECRET in repr(crowded)
    log, redaction = _redacted(name, crowded)
    data = encode(Submission(Learner(), 0, {}, (log,), redacted=redaction.redacted))
    assert SECRET not in lzma.decompress(data).decode()
    assert decode(data).logs == (log,)
    lab = recorded.lab(name).drawn(log.seed)
    assert [step.done_at for step in judge(lab, log).steps] == [step.done_at for step in judge(lab, crowded).steps]


def test_what_is_left_out_is_counted() -> None:
    crowded = replace(recorded.log("solved"), entries=tuple(_with_others(recorded.log("solved"))))
    for before, after in zip(crowded.looks, _redacted("solved", crowded)[0].looks, strict=True):
        for was, now in zip(before.snapshot.answers, after.snapshot.answers, strict=True):
            if isinstance(was.query, ContainerList | ImageList) and was.found and now.found:
                assert len(items(was.found, "listed")) == len(items(now.found, "listed")) + number(now.found, "others")
                assert number(now.found, "others") >= 1
