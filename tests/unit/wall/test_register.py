"""A wall takes in what a learner of the class has signed, keeps the newest, and has it again after a restart."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from labcheck.classroom import Classroom, with_secret
from labcheck.member import member
from labcheck.share.where import Stand, Step, Told, Where, signature
from labcheck.wall.register import Refusal, Register, beside

CLASS = with_secret(b"s" * 32, [("ann", "Ann"), ("bob", "Bob")])
WHERE = Where(lab="push-and-pull", steps=(Step("push", Stand.NEXT),), at="push")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return beside(tmp_path / "class.json")


def told(learner: str, number: int = 1, by: str | None = None, of: Classroom = CLASS) -> tuple[bytes, str]:
    content = msgspec.json.encode(Told(learner, number, WHERE))
    key = next(member(it.code).key for it in of.learners if it.id == (by or learner))
    return content, signature(key, content)


def test_a_learner_is_heard(file: Path) -> None:
    register = Register.of(CLASS, file)
    assert dict(register) == {"ann": None, "bob": None}
    assert register.hear(*told("ann"), 5.0) is None
    heard = dict(register)["ann"]
    assert heard is not None
    assert (heard.where, heard.at) == (WHERE, 5.0)


def test_nobody_speaks_for_another(file: Path) -> None:
    register = Register.of(CLASS, file)
    assert register.hear(*told("ann", by="bob"), 5.0) == Refusal()
    assert register.hear(*told("ann", of=with_secret(b"t" * 32, [("ann", "")])), 5.0) == Refusal()
    assert register.hear(*told("eve", of=with_secret(b"s" * 32, [("eve", "")])), 5.0) == Refusal()
    content, code = told("ann")
    assert register.hear(content.replace(b"push", b"pull"), code, 5.0) == Refusal()
    assert dict(register) == {"ann": None, "bob": None}


def test_an_older_or_repeated_message_changes_nothing(file: Path) -> None:
    register = Register.of(CLASS, file)
    assert register.hear(*told("ann", 7), 5.0) is None
    assert register.hear(*told("ann", 7), 6.0) == Refusal(is_older=True)
    assert register.hear(*told("ann", 6), 6.0) == Refusal(is_older=True)
    assert register.hear(*told("ann", 8), 6.0) is None


def test_after_a_restart_all_is_there_again(file: Path) -> None:
    before = Register.of(CLASS, file)
    before.hear(*told("ann"), 5.0)
    before.keep()
    after = Register.of(CLASS, file)
    assert (after.token, dict(after)) == (before.token, dict(before))
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("content", [b"", b"[]", b"{" * 5000, b'{"token": 1}'])
def test_a_damaged_file_is_begun_anew(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    register = Register.of(CLASS, file)
    assert register.token
    assert dict(register) == {"ann": None, "bob": None}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff",
        b"[" * 5000,
        b'{"learner":"ann","number":1}',
        b'{"learner":"ann","number":-1,"where":{}}',
        b'{"learner":"ann","number":1e400,"where":{}}',
        b'{"learner":"ann","number":1,"where":{"steps":[["a",9]]}}',
        b'{"learner":"ann","number":1,"where":{"lab":"' + b"x" * 300 + b'"}}',
    ],
)
def test_what_is_no_message_is_refused(file: Path, content: bytes) -> None:
    register = Register.of(CLASS, file)
    with pytest.raises((msgspec.MsgspecError, RecursionError)):
        register.hear(content, "", 5.0)


def test_two_labchecks_may_differ_in_what_they_tell(file: Path) -> None:
    content = b'{"learner":"ann","number":1,"where":{"lab":"x","mood":"good"},"later":[]}'
    key = member(CLASS.learners[0].code).key
    assert Register.of(CLASS, file).hear(content, signature(key, content), 5.0) is None
