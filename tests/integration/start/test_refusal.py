"""Where the course cannot be opened, it is said before anything is started."""

from __future__ import annotations

import subprocess
import sys

import pytest

from labcheck.errors import Refused
from labcheck.home import MARK
from labcheck.start import refusal


def test_inside_the_course_there_is_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    refusal.check()
    monkeypatch.setenv(MARK, "abc")
    with pytest.raises(Refused, match="the course is open already"):
        refusal.check()


def test_without_jupyterlab_it_says_what_to_install() -> None:
    hide = "import importlib.util as u; u.find_spec = lambda name: None; "
    code = f"{hide}import sys; sys.argv[1:] = ['start']; from labcheck.cli import main; main()"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=240)
    assert (said.returncode, said.stderr) == (
        2,
        "labcheck: JupyterLab is not installed.\n  Install it with: pip install 'labcheck[notebook]'\n",
    )
