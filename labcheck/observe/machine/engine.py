"""What the engine says of itself, and what of it bears on the course. It is asked a few times at once, each by itself.

The version is asked for without saying one of ours, so that an engine too old or too new to talk to can still say so.
"""

from __future__ import annotations

import math
from contextlib import closing

from labcheck.document import LISTED_CONTAINER, Document, Shape, items
from labcheck.engine import ListedContainer
from labcheck.observe.deadline import Deadline
from labcheck.observe.engine.api import Engine
from labcheck.observe.engine.endpoint import Endpoint
from labcheck.observe.relevance import reduced

VERSION: Shape = {
    "Version": True,
    "ApiVersion": True,
    "MinAPIVersion": True,
    "Os": True,
    "Arch": True,
    "Components": [{"Name": True}],
}
"""``GET /version``."""

INFO: Shape = {
    "ServerVersion": True,
    "Name": True,
    "OSType": True,
    "OperatingSystem": True,
    "Driver": True,
    "DriverStatus": [[True]],
    "DockerRootDir": True,
    "HttpProxy": True,
    "HttpsProxy": True,
    "Images": True,
    "Labels": [True],
    "SecurityOptions": [True],
    "RegistryConfig": {
        "InsecureRegistryCIDRs": [True],
        "IndexConfigs": {"*": {"Name": True, "Secure": True}},
        "Mirrors": [True],
    },
}
"""``GET /info``, as far as the doctor reads it."""

OLDEST_API = "1.41"


def version(endpoint: Endpoint, deadline: Deadline) -> Document:
    """The versions of the engine and of its API."""
    from docker import APIClient  # noqa: PLC0415 - takes a tenth of a second; who does not look does not pay

    with closing(APIClient(**endpoint.options, version=OLDEST_API, timeout=math.ceil(deadline.left))) as client:
        # The environment's proxies are for the internet.
        client.trust_env = False
        return reduced(client.version(api_version=False), VERSION)


def info(deadline: Deadline) -> Document:
    """What the engine tells of itself, as in ``docker info``."""
    with closing(Engine()) as engine:
        engine.refresh()
        return reduced(engine.get("/info", deadline), INFO)


def publishing(port: int, deadline: Deadline) -> tuple[str, ...]:
    """The names of the containers that publish this port now."""
    with closing(Engine()) as engine:
        engine.refresh()
        listed = items(engine.get("/containers/json", deadline))
    containers = [ListedContainer(reduced(row, LISTED_CONTAINER)) for row in listed]
    return tuple(it.name for it in containers if any(binding.host_port == port for binding in it.bindings))
