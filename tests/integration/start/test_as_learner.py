"""What is started as the learner finds labcheck and its home."""

from __future__ import annotations

import os
import subprocess
import sysconfig

from labcheck.home import home
from labcheck.start.as_learner import as_learner


def test_the_learner_finds_labcheck_and_its_home() -> None:
    command = as_learner(["env"], None, os.environ)
    said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=240).stdout.splitlines()
    assert f"LABCHECK_HOME={home()}" in said
    path = next(line for line in said if line.startswith("PATH="))
    assert path.startswith(f"PATH={sysconfig.get_path('scripts')}:")
