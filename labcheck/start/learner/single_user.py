"""The course's JupyterLab as the single-user server of a JupyterHub: the hub says who may come in, and where it is.

What it needs to know of the hub is in variables whose names begin with ``JUPYTERHUB_``, which a hub gives to the server
that it starts. Its page is the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from labcheck.start.learner.jupyterlab import JupyterLab

OF_HUB = "JUPYTERHUB_"


@dataclass(frozen=True, slots=True)
class SingleUser(JupyterLab):
    """The same JupyterLab, as a server of a hub."""

    program: ClassVar[str] = "jupyterhub.singleuser"

    def environment(self, own: Mapping[str, str]) -> dict[str, str]:
        """Its environment, with what the hub said; the first page is the course's, unless the hub names one."""
        told = {name: value for name, value in own.items() if name.startswith(OF_HUB)}
        return JupyterLab.environment(self, own) | {"JUPYTERHUB_DEFAULT_URL": self.first_page} | told

    def token(self, own: Mapping[str, str]) -> str:
        """The token that the hub gave to this server, with which it may use itself."""
        return own["JUPYTERHUB_API_TOKEN"]

    def base(self, own: Mapping[str, str]) -> str:
        """The path that the hub's proxy sends here."""
        return own["JUPYTERHUB_SERVICE_PREFIX"]
