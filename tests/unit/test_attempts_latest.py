"""Which lab ``labcheck`` speaks of, where a recorder files what happens in all of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from labcheck import home
from labcheck.attempts import latest
from tests.support import recorded
from tests.support.logs import pull
from tests.support.whole_logs import Journal


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LABCHECK_HOME", str(tmp_path))


def test_it_is_the_lab_with_the_newest_step_done() -> None:
    assert latest() is None
    solved = recorded.log("solved")
    with Journal(home.journal()) as journal:
        journal.append(journal.begin("push-and-pull", engine="one", began=solved.began), solved.entries)
        other = journal.begin("start-here", engine="one", began=solved.began)
        journal.append(other, [pull(solved.looks[-1].until + 1)])
        assert journal.labs() == ("start-here", "push-and-pull")
    assert latest() == "push-and-pull"


def test_where_nothing_is_done_it_is_the_lab_begun_last() -> None:
    with Journal(home.journal()) as journal:
        for slug in ("push-and-pull", "start-here", "a-lab-that-was-taken-out"):
            journal.begin(slug, engine="one", began=1)
            assert latest() == slug
