"""What differs from system to system for a container of the course: the folder's path, and the learner's ids.

Everything else is the same, since it happens in the container. Only this, ``owner.py``, and the address of the engine
(``observe/engine/endpoint.py``: a socket, or a named pipe of Windows) know on which system they are.
"""

from __future__ import annotations

import os
import sys

from labcheck.owner import behind_sudo

FIRST = 1000
"""The ids of a learner on Windows, which has none: there, files in a mounted folder belong to whoever looks."""
DOCKER_DESKTOP = ("darwin", "win32")
"""Where an engine is in a virtual machine, to which only some folders are shared."""


def ids() -> tuple[int, int]:
    """The ids of the learner's user and group, to whom the files in the folder shall belong."""
    owner = behind_sudo()
    if owner is not None:
        return owner.uid, owner.gid
    if not hasattr(os, "getuid"):
        return FIRST, FIRST
    return os.getuid(), os.getgid()


def mounted(folder: str, system: str = sys.platform) -> str:
    """The absolute path of a folder, as Docker's API takes it.

    On Windows it is Windows' own path, with ``/`` for its backslashes: ``C:/Users/ann/labcheck-course``.
    """
    return folder.replace("\\", "/") if system == "win32" else folder


def sharing(system: str = sys.platform) -> str:
    """What to do if the engine does not find the folder."""
    if system in DOCKER_DESKTOP:
        return "Share that folder in Docker Desktop's settings (Resources, File sharing), or choose one in your home."
    return "Choose a folder on the engine's own machine; of an engine in a virtual machine, one that is shared with it."
