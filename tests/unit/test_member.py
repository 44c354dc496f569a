"""A join code brings a learner's key; what is drawn for a learner who joined is theirs."""

from __future__ import annotations

from pathlib import Path

import pytest

from labcheck.errors import Refused
from labcheck.journal import Journal
from labcheck.member import FILE, Member, drawn, join, joined, key, member
from labcheck.seed import SEED

ANN = Member("ann-07", "Ann Müller, née O'Hara 安", key(b"secret", "ann-07"))

OTHER = "b" if ANN.code.startswith("a") else "a"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LABCHECK_HOME", str(tmp_path / "home"))
    monkeypatch.delenv(SEED, raising=False)
    return tmp_path / "home"


def test_a_code_brings_who_it_is_for() -> None:
    assert member(ANN.code) == ANN
    assert member(f"  {ANN.code[:20].upper()}\n{ANN.code[20:]} ") == ANN
    assert ANN.code.isascii()
    assert ANN.code.isalnum()


@pytest.mark.parametrize(
    "code", ["", "x", ANN.code[:-3], ANN.code[1:], OTHER + ANN.code[1:], ANN.code + "aa", "0189", "é"]
)
def test_what_is_no_whole_code_is_refused(code: str) -> None:
    with pytest.raises(Refused, match="not a whole one"):
        member(code)


def test_keys_differ_by_learner_and_by_class() -> None:
    keys = {key(secret, learner) for secret in (b"one", b"two") for learner in ("ann", "bob")}
    assert len(keys) == 4


def test_only_the_owner_can_read_who_joined(home: Path) -> None:
    assert joined() is None
    join(ANN)
    assert joined() == ANN
    assert (home / FILE).stat().st_mode & 0o777 == 0o600
    assert home.stat().st_mode & 0o777 == 0o700
    (home / FILE).write_bytes(b"[]")
    assert joined() is None


def test_what_is_drawn_is_the_learner_s_by_lab_and_attempt(monkeypatch: pytest.MonkeyPatch) -> None:
    assert drawn("lab", 1) != drawn("lab", 1)
    join(ANN)
    assert drawn("lab", 1) == drawn("lab", 1) == ANN.seed("lab", 1)
    assert drawn("/somewhere/else/lab.yaml", 1) == ANN.seed("lab.yaml", 1)
    bob = Member("bob", "", key(b"secret", "bob"))
    assert len({it.seed(lab, attempt) for it in (ANN, bob) for lab in ("a", "b") for attempt in (1, 2)}) == 8
    monkeypatch.setenv(SEED, "given")
    assert drawn("lab", 1) == "given"


def test_attempts_begin_with_it(tmp_path: Path) -> None:
    join(ANN)
    with Journal(tmp_path / "journal.db") as journal:
        seeds = [journal.begin("lab", engine="", began=at).seed for at in (1, 2)]
    assert seeds == [ANN.seed("lab", 1), ANN.seed("lab", 2)]
