"""JSON as observed: how its fields are read, and which of them are kept.

A document may have any shape: engine versions differ, fields come and go, and some other program may answer on the
port. So nothing here raises: a field that is missing or has the wrong type reads as empty.

What is not on an allow-list never enters the evidence: the values of environment variables, commands and labels can
hold a learner's secrets.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

Document: TypeAlias = Mapping[str, object]
"""A JSON object as observed."""

Shape: TypeAlias = "bool | Literal['name'] | Mapping[str, Shape] | list[Shape]"
"""An allow-list: ``True`` keeps a value, a mapping names the keys to keep (``*`` is any), ``[shape]`` is a list's.

``"name"`` keeps only the name of ``NAME=VALUE``.
"""


OBJECT = (dict, Mapping)
"""``dict`` first: checking for ``Mapping`` takes ten times as long, and this check runs all the time."""


def field(document: object, *path: str) -> object:
    """The value at the end of the path, or ``None`` if the path does not exist."""
    for key in path:
        if not isinstance(document, OBJECT):
            return None
        document = document.get(key)
    return document


def text(document: object, *path: str) -> str:
    """The text there, or the empty string."""
    value = field(document, *path)
    return value if isinstance(value, str) else ""


def number(document: object, *path: str) -> int:
    """The integer there, or 0."""
    value = field(document, *path)
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def truth(document: object, *path: str) -> bool:
    """Whether ``true`` is there."""
    return field(document, *path) is True


def whole(written: str) -> int | None:
    """The integer written there in plain digits, or ``None``; no number here has more than twenty digits."""
    is_one = written.isascii() and written.isdecimal() and len(written) <= 20  # noqa: PLR2004 - an unsigned 64-bit integer has at most 20
    return int(written) if is_one else None


def mapping(document: object, *path: str) -> Document:
    """The object there, or an empty one."""
    value = field(document, *path)
    return value if isinstance(value, Mapping) else {}


def items(document: object, *path: str) -> list[object]:
    """The list there, or an empty one."""
    value = field(document, *path)
    return list(value) if isinstance(value, list | tuple) else []


def texts(document: object, *path: str) -> tuple[str, ...]:
    """The strings in the list there; anything else is left out."""
    return tuple(value for value in items(document, *path) if isinstance(value, str))


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
}
"""``GET /info``. The engine's labels, not a container's."""

EVENT: Shape = {
    "Type": True,
    "Action": True,
    "timeNano": True,
    "Actor": {"ID": True, "Attributes": {"name": True, "image": True, "exitCode": True}},
}
"""One event of ``GET /events``."""
