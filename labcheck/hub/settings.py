"""What an administrator writes into ``jupyterhub_config.py``."""

from __future__ import annotations

import sys
from pathlib import Path

from traitlets.config import Config

FOLDER = Path("/srv/jupyterhub")
"""Where a hub keeps its files, usually."""
STARTING = 180
"""Seconds until a server must be there: a machine on which a whole class begins at once is slow."""


def local(c: Config, *, folder: Path = FOLDER, idle: int = 3600) -> None:
    """Give each learner, who is a user of this machine, the course with an engine of their own.

    ``folder`` is for the hub's files, and becomes root's. A server that was not used for ``idle`` seconds is stopped; 0
    means never. Raises ``ValueError``.
    """
    if str(folder) != str(folder).lower():
        raise ValueError(f"{folder} has capital letters, which JupyterHub makes small in the addresses of servers.")
    state, pages = folder / "state", folder / "pages"
    for path in (state, pages):
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    c.JupyterHub.spawner_class = "labcheck.hub.spawner.CourseSpawner"
    c.CourseSpawner.pages = str(pages)
    c.CourseSpawner.environment = {"LABCHECK_IMAGE_CACHE": str(folder / "images")}
    c.CourseSpawner.start_timeout = STARTING
    c.JupyterHub.db_url = f"sqlite:///{state / 'jupyterhub.sqlite'}"
    c.JupyterHub.cookie_secret_file = str(state / "cookie_secret")
    c.ConfigurableHTTPProxy.pid_file = str(state / "proxy.pid")
    c.JupyterHub.cleanup_servers = False  # a hub that is started again finds them
    if idle:
        _stop_idle(c, idle)


def _stop_idle(c: Config, idle: int) -> None:
    """Have the hub's own culler stop servers that nobody uses."""
    name = "idle-culler"
    culler = [sys.executable, "-m", "jupyterhub_idle_culler", f"--timeout={idle}", f"--cull-every={max(1, idle // 4)}"]
    scopes = ["list:users", "read:users:activity", "read:servers", "delete:servers"]
    c.JupyterHub.services = [{"name": name, "command": culler}]
    c.JupyterHub.load_roles = [{"name": name, "scopes": scopes, "services": [name]}]
