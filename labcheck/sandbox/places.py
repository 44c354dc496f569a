"""Where things are in a sandbox, and what its data folder contains. Names only: nothing here touches a file."""

from __future__ import annotations

from pathlib import Path

RUN = Path("/run")
PLACE = RUN / "labcheck"
DATA = PLACE / "data"
LEARNER = PLACE / "owner"
"""A folder in memory for processes that run as the learner."""
PAGE = "page"
"""The socket in that folder on which a command serves its page."""
TOKEN = "token"  # noqa: S105 - a file's name
"""The file in that folder with the token of that page."""
HUB = "hub"
"""The socket in that folder that leads to the API of a JupyterHub outside."""
JOURNAL = DATA / "journal.db"
"""The journal of a sandbox in memory."""
SOCKET = RUN / "docker.sock"
MIRROR_HOST, MIRROR_PORT = "127.83.0.1", 8083
"""Where the image mirror listens: a loopback address and a port that no lesson uses."""
REGISTRY_HOST, REGISTRY_ADDRESS = "registry.test", "192.0.2.5"
"""A name that means the sandbox itself, and is not exempt from TLS: for names at 127.0.0.0/8 Docker falls back to plain
HTTP and verifies no certificate. No machine has this name or this address (RFC 6761, RFC 5737)."""

# The course knows a data folder's files by these names.
ENGINE, SETTINGS, CONFIG, MIRROR = FOLDERS = ("engine", "etc-docker", "docker-config", "mirror")
ENGINE_LOG, MIRROR_LOG, IDENTITY, LOCK = FILES = ("engine.log", "mirror.log", "sandbox.json", "lock")
