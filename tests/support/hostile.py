"""Files that nobody should hand in, each by a name that says what is wrong with it. None does harm to a machine."""

from __future__ import annotations

import gzip
import json
import lzma
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any, TypeAlias

from labcheck.submission import Learner, Submission
from labcheck.submission_file import encode
from tests.support import recorded

LAB = "push-and-pull"
Tree: TypeAlias = Any
HONEST = encode(Submission(Learner("honest", "Honest"), 10**18, {LAB: ""}, (recorded.log("solved"),)))
CONTENT = lzma.decompress(HONEST)
SAYS = {
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&",
    "terminal": "\x1b]0;owned\x07\x1b[31m\x1b[2J\x9b1m",
    "right-to-left": "\u202etxt.exe\u2066\u2069\u200f",
    "equals": '=HYPERLINK("http://x.example","click")',
    "plus": "+1+1|' /C calc'!A0",
    "minus": "-2+3",
    "at": "@SUM(1)",
    "tab": "\t=1+1",
    "return": "\r=1+1",
    "wide-equals": "\uff1d1+1",
    "lines": "one\ntwo\r\nthree\u2028four\x0bfive\x85six",
    "zero": "zero\x00zero",
    "up": "../../../../etc/passwd",
    "root": "/etc/passwd",
    "windows": "..\\..\\C:con.txt",
    "format": "{0.__class__} %s %(x)s ${HOME} $(id) `id`",
    "markdown": "[x](javascript:alert(1)) | a | b | ![](http://x.example)",
    "invisible": "\u200b\u200d\ufeff\u00ad\ue000\U000e0041",
    "combining": "e" + "\u0301" * 150,
    "long": "x" * 200,
    "empty": "",
}
"""Texts that some program would take for more than a text."""
WRONG: dict[str, object] = {"null": None, "list": [], "text": "x", "number": -1, "large": 10**30, "tree": {"x": {}}}
"""Values of another type, or out of any range."""


def files() -> Iterator[tuple[str, bytes]]:
    """All of them."""
    yield from _bytes()
    yield from _contents()
    for field in json.loads(CONTENT):
        for name, value in WRONG.items():
            yield f"field-{field}-{name}", _changed(_set, field, value)
        yield f"field-{field}-missing", _changed(lambda tree, field=field: tree.pop(field))
    for field in json.loads(CONTENT)["attempts"][0]:
        for name, value in WRONG.items():
            yield f"attempt-{field}-{name}", _changed(lambda it, f=field, v=value: _set(it["attempts"][0], f, v))
    for name, entry in _entries():
        yield f"entry-{name}", _changed(lambda tree, entry=entry: tree["attempts"][0]["entries"].insert(1, entry))
    for place, put in PLACES.items():
        for name, text in SAYS.items():
            yield f"says-{place}-{name}", _changed(put, text)
    yield from _large()


def _bytes() -> Iterator[tuple[str, bytes]]:
    yield "empty", b""
    yield "zeros", bytes(1000)
    yield "large-file", bytes(5 * 1024**2)
    yield "pickle", b"\x80\x04\x95\x0b\x00\x00\x00\x00\x00\x00\x00\x8c\x07harmless\x94."
    yield "gzip", gzip.compress(CONTENT, mtime=0)
    yield "old-lzma", lzma.compress(CONTENT, lzma.FORMAT_ALONE)
    yield "plain", CONTENT
    yield "magic-only", HONEST[:6]
    yield "twice", HONEST + HONEST
    yield "more", HONEST + b"more"
    yield "in-itself", lzma.compress(HONEST)
    yield "bomb", lzma.compress(bytes(40 * 1024**2), preset=0)
    yield "large-dictionary", lzma.compress(CONTENT, preset=9)
    for part in range(1, 12):
        yield f"cut-{part:02}", HONEST[: len(HONEST) * part // 12]
        damaged = bytearray(HONEST)
        damaged[len(HONEST) * part // 12] ^= 0x55
        yield f"damaged-{part:02}", bytes(damaged)


def _contents() -> Iterator[tuple[str, bytes]]:
    text = CONTENT.decode()
    for name, content in {
        "no-json": "hello",
        "byte-order": "\ufeff" + text,
        "space": " " + text,
        "two-values": text + text,
        "list": f"[{text}]",
        "deep-lists": "[" * 1_000_000,
        "deep-trees": '{"a":' * 1_000_000,
        "deep-document": text.replace('"documents":{', '"documents":{"x":' + '{"a":' * 5000 + "1" + "}" * 5000 + ","),
        "key-twice": text.replace('"learner":{', '"learner":{"id":"other",'),
        "schema-0": text.replace('"submission":1', '"submission":0'),
        "schema-2": text.replace('"submission":1', '"submission":2'),
        "schema-large": text.replace('"submission":1', f'"submission":{10**400}'),
        "schema-true": text.replace('"submission":1', '"submission":true'),
        "schema-text": text.replace('"submission":1', '"submission":"1"'),
        "schema-fraction": text.replace('"submission":1', '"submission":1.0'),
        "not-a-number": text.replace('"submitted_at":1000000000000000000', '"submitted_at":NaN'),
        "infinity": text.replace('"submitted_at":1000000000000000000', '"submitted_at":Infinity'),
        "exponent": text.replace('"submitted_at":1000000000000000000', '"submitted_at":1e18'),
        "huge": text.replace('"submitted_at":1000000000000000000', f'"submitted_at":{10**400}'),
        "endless-digits": text.replace('"submitted_at":1000000000000000000', f'"submitted_at":{"9" * 1_000_000}'),
        "surrogate": text.replace('"honest"', '"\\ud800"'),
        "escaped": text.replace('"honest"', '"\\u0068onest"'),
        "unknown-field": text.replace('{"submission"', '{"verdicts":[],"submission"'),
    }.items():
        assert content != text, name
        yield f"content-{name}", lzma.compress(content.encode(), preset=0)
    yield "content-not-utf-8", lzma.compress(CONTENT.replace(b"honest", b"\xff\xfe\xc0\x80"), preset=0)
    yield "content-latin-1", lzma.compress(CONTENT.replace(b"honest", "é".encode("latin-1")), preset=0)


def _entries() -> Iterator[tuple[str, Tree]]:
    yield "unknown", {"type": "exec", "command": "true"}
    yield "none", {}
    yield "late", {"type": "gap", "at": 2**63}
    yield "before-time", {"type": "gap", "at": -(2**63)}
    yield "no-document", {"type": "event", "document": f"sha256:{'0' * 64}"}
    yield "path", {"type": "event", "document": "../../etc/passwd"}
    yield "look-of-nothing", {"type": "look", "at": 1, "until": 1, "answers": []}
    yield "unknown-query", {"type": "look", "at": 1, "until": 1, "answers": [{"query": {"ask": "shell"}}]}
    cause = {"query": {"ask": "engine-info"}, "unknown": "\x1b[31m", "cause": {"kind": "os.system"}}
    yield "unknown-cause", {"type": "look", "at": 1, "until": 1, "answers": [cause]}
    yield "no-step", {"type": "answer", "at": 1, "step": "../x", "value": "x" * 100_000}
    yield "no-help", {"type": "shown", "at": 1, "step": "tag", "what": "everything"}


def _large() -> Iterator[tuple[str, bytes]]:
    gap = {"type": "gap", "at": 1}
    answer = {"type": "answer", "at": 10**18, "step": "catalog", "value": "httpd nginx " * 80}
    yield "many-gaps", _changed(lambda it: it["attempts"][0].update(entries=[gap] * 20_001))
    yield "many-attempts", _changed(lambda it: it.update(attempts=it["attempts"][:1] * 1001))
    yield "many-attempts-and-looks", _changed(lambda it: it.update(attempts=it["attempts"] * 99))
    yield "many-answers", _changed(lambda it: it["attempts"][0]["entries"].extend([answer] * 1000))
    yield "long-answer", _changed(lambda it: it["attempts"][0]["entries"].append({**answer, "value": "n" * 10**7}))
    yield "many-labs", _changed(lambda it: it.update(labs={f"lab-{number}": "" for number in range(100_000)}))
    yield "many-fields", _changed(lambda it: it["redacted"].update({str(number): {} for number in range(500_000)}))


def slow() -> bytes:
    """One that takes long to judge."""
    return _changed(_many_looks)


def _many_looks(tree: Tree) -> None:
    entries = tree["attempts"][0]["entries"]
    looks = [entry for entry in entries if entry["type"] == "look"]
    for number in range(19_000):
        look = {**looks[number % len(looks)], "at": 10**18 + number, "until": 10**18 + number}
        entries.append(look)


def _changed(change: Callable[..., object], *arguments: object) -> bytes:
    """What was handed in honestly, with this change of its content."""
    tree = json.loads(CONTENT)
    change(tree, *arguments)
    content = json.dumps(tree, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return lzma.compress(content, preset=0)


def _set(tree: Tree, field: str, value: object) -> None:
    tree[field] = deepcopy(value)


def _entry(tree: Tree, **fields: str) -> None:
    tree["attempts"][0]["entries"].append({"type": "answer", "at": 2 * 10**18, "step": "catalog", **fields})


PLACES: dict[str, Callable[[Tree, str], object]] = {
    "id": lambda tree, text: tree["learner"].update(id=text),
    "name": lambda tree, text: tree["learner"].update(name=text),
    "version": lambda tree, text: tree.update(labcheck=text),
    "lab": lambda tree, text: tree.update(labs={text: text}),
    "attempt-at": lambda tree, text: tree["attempts"][0].update(lab=text),
    "engine": lambda tree, text: tree["attempts"][0].update(engine=text),
    "seed": lambda tree, text: tree["attempts"][0].update(seed=text[:100]),
    "answer": lambda tree, text: _entry(tree, value=text),
    "step": lambda tree, text: _entry(tree, step=text, value="x"),
    "link": lambda tree, text: tree["attempts"][0].update(seal={"link": text, "unsealed": -5, "recovered": True}),
    "signature": lambda tree, text: tree.update(signature=text[:64]),
}
"""Where a text of the learner's can stand."""
