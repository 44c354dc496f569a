"""Which fields of what Docker says are kept in evidence: an allow-list for each kind of answer.

What is not on an allow-list never enters the evidence: the values of environment variables, commands and labels can
hold a learner's secrets.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

Shape: TypeAlias = "bool | Literal['name'] | Mapping[str, Shape] | list[Shape]"
"""An allow-list: ``True`` keeps a value, a mapping names the keys to keep (``*`` is any), ``[shape]`` is a list's.

``"name"`` keeps only the name of ``NAME=VALUE``.
"""


def kept(value: object, shape: Shape) -> object:
    """What the allow-list keeps of the value; nothing (``None``) if their shapes differ."""
    if shape == "name":
        name, sign, _ = value.partition("=") if isinstance(value, str) else ("", "", "")
        return name if sign else None
    if isinstance(shape, bool):
        return value if shape and not isinstance(value, Mapping | list) else None
    if isinstance(shape, list):
        return [kept(item, shape[0]) for item in value] if isinstance(value, list) else None
    if not isinstance(value, Mapping):
        return None
    return {
        key: kept(inner, allowed)
        for key, inner in value.items()
        if isinstance(key, str) and (allowed := shape.get(key, shape.get("*", False)))
    }


PORTS: Shape = {"*": [{"HostIp": True, "HostPort": True}]}

LISTED_CONTAINER: Shape = {
    "Id": True,
    "Names": [True],
    "Image": True,
    "ImageID": True,
    "State": True,
    "Created": True,
    "HostConfig": {"NetworkMode": True},
    "Ports": [{"IP": True, "PrivatePort": True, "PublicPort": True, "Type": True}],
}
"""One row of ``GET /containers/json``."""

INSPECTED_CONTAINER: Shape = {
    "Id": True,
    "Name": True,
    "Image": True,
    "Created": True,
    "RestartCount": True,
    "State": {"Status": True, "ExitCode": True, "Error": True, "OOMKilled": True},
    "Config": {"Image": True, "ExposedPorts": {"*": {}}, "AttachStdout": True, "Env": ["name"]},
    "HostConfig": {
        "AutoRemove": True,
        "Binds": [True],
        "Mounts": [{"Type": True, "Source": True, "Target": True, "ReadOnly": True}],
        "NetworkMode": True,
        "PortBindings": PORTS,
        "RestartPolicy": {"Name": True, "MaximumRetryCount": True},
    },
    "NetworkSettings": {"Ports": PORTS},
    "Mounts": [{"Type": True, "Name": True, "Destination": True}],
}
"""``GET /containers/{name}/json``."""

VOLUME: Shape = {"Name": True}
"""``GET /volumes/{name}``. Where it is on the host, and its labels, are nobody's business."""

LISTED_IMAGE: Shape = {"Id": True, "RepoTags": [True], "RepoDigests": [True]}
"""One row of ``GET /images/json``."""

INSPECTED_IMAGE: Shape = {
    "Id": True,
    "RepoTags": [True],
    "RepoDigests": [True],
    "Architecture": True,
    "Os": True,
    "RootFS": {"Layers": [True]},
}
"""``GET /images/{name}/json``."""

INFO: Shape = {
    "ID": True,
    "ServerVersion": True,
    "OSType": True,
    "Architecture": True,
    "Driver": True,
    "DriverStatus": [[True]],
    "Labels": [True],
    "BuildahVersion": True,
}
"""``GET /info``. The engine's labels, not a container's."""

EVENT: Shape = {
    "Type": True,
    "Action": True,
    "timeNano": True,
    "Actor": {"ID": True, "Attributes": {"name": True, "image": True, "exitCode": True}},
}
"""One event of ``GET /events``."""
