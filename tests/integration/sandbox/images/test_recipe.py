"""The scripts in the course's images are read by a shell."""

from __future__ import annotations

import subprocess

from labcheck.sandbox.images import recipe


def test_scripts_of_ours_are_shell_scripts_that_parse() -> None:
    scripts = [
        path for path in recipe.RECIPES.rglob("*") if path.is_file() and path.read_bytes().startswith(b"#!/bin/sh\n")
    ]
    assert len(scripts) == 4
    for script in scripts:
        subprocess.run(["sh", "-n", str(script)], check=True, timeout=240)
