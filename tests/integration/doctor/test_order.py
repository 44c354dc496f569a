"""A new fact is one file, as ``labcheck/README.md`` shows it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

from tests.support.places import PACKAGE

EXAMPLE = dedent(re.findall(r"```python\n(.*?)```", (PACKAGE / "README.md").read_text(encoding="utf-8"), re.DOTALL)[-1])
"""The fact that the README adds."""


def test_a_new_fact_is_one_file(tmp_path: Path) -> None:
    shutil.copytree(PACKAGE, tmp_path / "labcheck", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "labcheck/doctor/facts/clock.py").write_text(EXAMPLE.lstrip(), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "labcheck", "doctor", "--format", "json"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.returncode in {0, 1}, done.stderr
    *_, told, _course = json.loads(done.stdout)
    assert told["name"] == "clock"
    assert told["says"] in {"It is set by a time server.", "Nothing sets it."}
