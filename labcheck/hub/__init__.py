"""JupyterHub: each learner of a class gets the course, with a private engine that runs without root.

What an administrator writes into ``jupyterhub_config.py``::

    from labcheck.hub import local
    local(c)

settings.py    the settings, for a hub whose learners are users of its machine, and for DockerSpawner and KubeSpawner
spawner.py     starts a learner's server, in the hub's process
server.py      the learner's process on the machine: it makes the sandbox, in which their server runs
listener.py    where a learner's server listens: a socket that nobody but root can connect to
class_wall.py  the instructor's wall as a service of the hub

Only ``spawner.py`` needs JupyterHub.
"""

from __future__ import annotations

from labcheck.hub.class_wall import wall
from labcheck.hub.settings import docker, kubernetes, local

__all__ = ["docker", "kubernetes", "local", "wall"]
