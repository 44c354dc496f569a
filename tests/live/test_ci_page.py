"""What the README says of CI works: its own commands, typed in a folder with a notebook."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import yaml

from tests.support.places import ROOT

pytestmark = pytest.mark.live
README = (ROOT / "README.md").read_text(encoding="utf-8")


def steps() -> list[dict[str, str]]:
    """The steps of the workflow."""
    found = re.search(r"```yaml\n(name: notebooks\n.+?)```", README, re.DOTALL)
    assert found
    steps: list[dict[str, str]] = yaml.safe_load(found[1])["jobs"]["nbval"]["steps"]
    return steps


def test_the_workflow_proves_a_notebook_and_keeps_the_report(tmp_path: Path) -> None:
    (tmp_path / "notebooks").mkdir()
    shutil.copy(ROOT / "notebooks/00-start-here.ipynb", tmp_path / "notebooks")
    typed = next(step["run"] for step in steps() if "--nbval" in step.get("run", ""))
    assert typed.startswith("sudo env ")
    command = ["sh", "-c", typed.removeprefix("sudo ")]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=250, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    report = ET.parse(tmp_path / "nbval.xml").getroot()  # noqa: S314 - ours
    assert [suite.get("failures") for suite in report.iter("testsuite")] == ["0"]
    assert len(list(report.iter("testcase"))) > 5


def test_the_workflow_installs_what_a_sandbox_needs() -> None:
    from machine import TOOLS  # noqa: PLC0415 - .ci's

    packages = {tool.package for tool in TOOLS}
    installed = next(step["run"] for step in steps() if "apt-get install" in step.get("run", ""))
    assert set(installed.split("--yes ")[1].split()) <= packages
