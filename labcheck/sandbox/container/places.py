"""Where things are in the course's container. Names only: nothing here touches a file, on any system."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

COURSE = PurePosixPath("/opt/labcheck")
"""Where the image has Python, labcheck and the course's images."""
PYTHON = COURSE / "bin/python"
IMAGES = Path(COURSE / "images")
NAME = "learner"
HOME = Path("/home/learner")
"""The learner's home: a volume, so that the journal and JupyterLab's settings are kept."""
NOTEBOOKS = PurePosixPath("/home/learner/labcheck-course")
"""The learner's own folder."""
ENGINE = PurePosixPath("/var/lib/labcheck")
"""The data of the engine in the container: a volume."""
PORT = 48083
"""Where the page listens in the container: a port that no lesson uses."""
TOKEN = PurePosixPath("/run/labcheck-token")
"""The file with the page's token, once it answers; readable by root of the container alone."""
IDS = "LABCHECK_LEARNER"
"""Environment variable: the ids of the learner's user and group, as ``UID:GID``."""
