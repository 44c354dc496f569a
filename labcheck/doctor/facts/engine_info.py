"""What the engine says of itself, as far as it bears on the course. It is asked several times at once."""

from __future__ import annotations

import math
from contextlib import closing

from labcheck.cause import NotAsked
from labcheck.doctor.facts.chosen_engine import chosen_endpoint
from labcheck.doctor.facts.connection import is_worth_asking
from labcheck.doctor.look import Look, fact
from labcheck.doctor.machine import Machine
from labcheck.document import Document
from labcheck.evidence_fields import Shape
from labcheck.observe.engine.api import Engine
from labcheck.observe.engine.failures import WHO
from labcheck.observe.relevance import reduced
from labcheck.observe.trouble import CannotLook
from labcheck.snapshot import Found

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


@fact(WHO)
def engine_version(look: Look) -> Found[Document]:
    """The versions of the engine and of its API.

    It is asked without saying a version of ours, so that an engine too old or too new to talk to can still say so.
    """
    from docker import APIClient  # noqa: PLC0415 - takes a tenth of a second; only commands that look should pay

    if not is_worth_asking(look):
        raise CannotLook(f"{WHO} does not answer.", NotAsked())
    endpoint, left = chosen_endpoint(look), math.ceil(look.deadline.left)
    with closing(APIClient(**endpoint.options, version=OLDEST_API, timeout=left)) as client:
        # The proxies of the environment are for the internet, not for an engine that listens on TCP.
        client.trust_env = False
        return Found(reduced(client.version(api_version=False), VERSION))


@fact(WHO)
def engine_info(look: Look) -> Found[Document]:
    """What the engine tells of itself, as in ``docker info``.

    It is asked also where nobody is: the observers say why in the words that a look at a lab would have.
    """
    with closing(Engine()) as engine:
        engine.refresh()
        return Found(reduced(engine.get("/info", look.deadline), INFO))


def is_podman(machine: Machine) -> bool:
    """Whether Podman speaks Docker's API there."""
    return "Podman" in str(machine.get(engine_version, {}).get("Components", ""))
