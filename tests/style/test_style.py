"""Style and types, as ``make lint`` sees them: one more test, so that it runs beside the others."""

from __future__ import annotations

import subprocess

from tests.support.places import ROOT


def test_nothing_is_said_of_style_and_types() -> None:
    done = subprocess.run(
        ["make", "--no-print-directory", "lint"], cwd=ROOT, capture_output=True, text=True, timeout=500, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
