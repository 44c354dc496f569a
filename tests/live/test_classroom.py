"""The class of twelve, really played, each in a sandbox of their own: only when it is recorded anew."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from labcheck.sandbox.outside import opened
from tests.support.classroom import COPIED, HANDED_IN, UNTIL, classroom, ways

pytestmark = pytest.mark.skipif(os.environ.get("LABCHECK_RECORD") != "1", reason="played only to be recorded")
EDIT = 'UPDATE entry SET body = CAST(replace(body, \'"value":"nginx"\', \'"value":"httpd, nginx"\') AS BLOB)'
LAST = "learner-03"
"""Plays last, for everybody else was in time."""


def _labcheck(home: Path, *arguments: str) -> None:
    """On the machine itself, as this learner."""
    environment = {**os.environ, "LABCHECK_HOME": str(home)}
    command = [sys.executable, "-m", "labcheck", *arguments]
    subprocess.run(command, env=environment, check=True, capture_output=True, timeout=240)


def _played(learner: str, homes: Path) -> None:
    home = homes / learner
    (homes / COPIED).mkdir(exist_ok=True)
    extra = {"LABCHECK_HOME": str(home), "LABCHECK_JOURNAL": str(home / "journal.db")}
    with opened(source="course", outbound=False) as world:
        for line in ways().lines(learner):
            if line == "deadline":
                end = int(time.time()) + 1
                UNTIL.write_text(f"{datetime.fromtimestamp(end, UTC):%Y-%m-%dT%H:%M:%SZ}\n", encoding="utf-8")
                time.sleep(max(0.0, end + 0.1 - time.time()))
            elif line == "copy":
                (home / "journal.db").write_bytes((homes / COPIED / "journal.db").read_bytes())
            elif line == "edit":
                with closing(sqlite3.connect(home / "journal.db", isolation_level=None)) as journal:
                    assert journal.execute(EDIT).rowcount > 0
            else:
                done = world.run(["bash", "-c", line], timeout=240, extra=extra)
                allowed = {0, 1, 3} if "labcheck " in line else {0}
                assert done.returncode in allowed, f"{learner}: {line}: {done.stdout}{done.stderr}"


@pytest.mark.parametrize("learner", sorted(ways().learners, key=lambda it: (it == LAST, it)))
def test_play(learner: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    homes = tmp_path_factory.getbasetemp() / "homes"
    (homes / learner).mkdir(parents=True)
    if ways().learners[learner].joins:
        codes = {it.id: it.code for it in classroom().learners}
        _labcheck(homes / learner, "join", codes[learner])
    _played(learner, homes)
    HANDED_IN.mkdir(exist_ok=True)
    file = HANDED_IN / f"{learner}.labcheck"
    _labcheck(homes / learner, "submit", "--learner", learner, "-o", str(file))
