"""The program that a typed ``docker`` starts. It is read, not run: that takes a tenth of a second."""

from __future__ import annotations

from pathlib import Path

MOST = 4096


def is_podmans() -> bool:
    """Whether it is Podman's imitation (the package podman-docker): a script that calls podman, or a link to it."""
    import shutil  # noqa: PLC0415 - only inside a sandbox is this asked, and it is slow to import

    found = shutil.which("docker")
    if found is None:
        return False
    try:
        path = Path(found).resolve()
        with path.open("rb") as file:
            beginning = file.read(MOST)
    except OSError:
        return False
    return path.name.startswith("podman") or (beginning.startswith(b"#!") and b"podman" in beginning)
