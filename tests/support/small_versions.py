"""One situation as each version of Docker's API tells it: a registry runs, and nginx was pulled and tagged for it.

What differs is what the API's changelog (docs/api/version-history.md in moby) and the two image stores make differ:
fields that came, fields that went, empty ones that are left out.
"""

from __future__ import annotations

from typing import Any

from tests.support.small_events import event

Version = tuple[int, int]
VERSIONS: tuple[Version, ...] = tuple((1, minor) for minor in range(41, 57))
CONTAINERD_SINCE: Version = (1, 43)
"""The first one whose engines have a choice between two image stores."""
CONFIG, INDEX, LAYER = ("sha256:" + letter * 64 for letter in "cde")
CREATED = "2026-11-18T11:06:40.123456789Z"


def answers(version: Version, *, containerd: bool) -> dict[str, Any]:
    """The engine's answers by their paths."""
    image = INDEX if containerd else CONFIG
    return {
        "/info": _info(containerd=containerd),
        "/containers/json": [_row(version, image)],
        "/containers/my-registry/json": _container(version, image, containerd=containerd),
        "/images/json": _images(version, image, containerd=containerd),
        "/images/docker.io/library/nginx:latest/json": _image(version, image, containerd=containerd),
        "/images/localhost:5000/nginx:latest/json": _image(version, image, containerd=containerd),
    }


def events(version: Version, *, containerd: bool) -> list[dict[str, Any]]:
    """How it came about."""
    image = INDEX if containerd else CONFIG
    told = [
        event(1, "image/pull", "nginx:latest", name="nginx"),
        event(2, "image/tag", image, name="localhost:5000/nginx:latest"),
        event(3, "container/start", "c1", name="my-registry", image="registry:2"),
    ]
    for one in told:
        if version >= (1, 52):
            del one["status"], one["id"]
        elif one["Type"] == "container":
            one["from"] = "registry:2"
    return told


def _info(*, containerd: bool) -> dict[str, Any]:
    store = [["driver-type", "io.containerd.snapshotter.v1"]] if containerd else [["Backing Filesystem", "extfs"]]
    return {
        "ID": "engine",
        "ServerVersion": "29.0.0" if containerd else "20.10.24",
        "Driver": "overlayfs" if containerd else "overlay2",
        "DriverStatus": store,
        "SystemTime": CREATED,
        "Labels": None,
    }


def _network(version: Version) -> dict[str, Any]:
    own = {"IPAddress": "172.17.0.2", "Gateway": "172.17.0.1", "MacAddress": "02:42:ac:11:00:02"}
    found: dict[str, Any] = {"Networks": {"bridge": own}, "SandboxID": "s"}
    return found if version >= (1, 52) else {**found, **own, "Bridge": "", "IPPrefixLen": 16}


def _container(version: Version, image: str, *, containerd: bool) -> dict[str, Any]:
    ports = {"5000/tcp": [{"HostIp": "0.0.0.0", "HostPort": "5000"}, {"HostIp": "::", "HostPort": "5000"}]}  # noqa: S104 - said, not bound
    found: dict[str, Any] = {
        "Id": "c1",
        "Name": "/my-registry",
        "Created": CREATED,
        "Image": image,
        "State": {"Status": "running", "Running": True, "ExitCode": 0, "Error": "", "OOMKilled": False},
        "RestartCount": 0,
        "Config": {"Image": "registry:2", "AttachStdout": False, "Env": ["A=b"], "Labels": {}},
        "HostConfig": {
            "AutoRemove": False,
            # Before Engine 25 a policy that was not asked for was the empty string.
            "RestartPolicy": {"Name": "no" if version >= (1, 44) else "", "MaximumRetryCount": 0},
            "NetworkMode": "bridge" if version >= (1, 44) else "default",
            "PortBindings": {"5000/tcp": [{"HostIp": "", "HostPort": "5000"}]},
        },
        "NetworkSettings": {**_network(version), "Ports": {**ports, "443/tcp": None}},
        "Mounts": [{"Type": "volume", "Name": "v1", "Source": "/var/lib/docker/volumes/v1/_data", "RW": True}],
    }
    if not containerd:
        found["GraphDriver"] = {"Name": "overlay2", "Data": {}}
    elif version >= (1, 48):
        found["ImageManifestDescriptor"] = {"digest": INDEX, "size": 1, "platform": {"os": "linux"}}
    return found


def _row(version: Version, image: str) -> dict[str, Any]:
    ports = [
        {"IP": address, "PrivatePort": 5000, "PublicPort": 5000, "Type": "tcp"}
        for address in ("0.0.0.0", "::")  # noqa: S104 - said, not bound
    ]
    found = {
        "Id": "c1",
        "Names": ["/my-registry"],
        "Image": "registry:2",
        "ImageID": image,
        "State": "running",
        "Status": "Up 2 seconds",
        "Ports": [*ports, {"PrivatePort": 443, "Type": "tcp"}],
    }
    return found if version < (1, 52) else {**found, "Health": {"Status": "none", "FailingStreak": 0}}


def _named(*, containerd: bool) -> dict[str, Any]:
    """The containerd store has a digest for every name, also for one that was never pushed."""
    pulled = [f"nginx@{INDEX}"]
    return {
        "RepoTags": ["nginx:latest", "localhost:5000/nginx:latest"],
        "RepoDigests": [*pulled, f"localhost:5000/nginx@{INDEX}"] if containerd else pulled,
    }


def _images(version: Version, image: str, *, containerd: bool) -> list[dict[str, Any]]:
    none: dict[str, Any] = {"RepoTags": [], "RepoDigests": []}
    if version < (1, 43):
        none = {"RepoTags": ["<none>:<none>"], "RepoDigests": ["<none>@<none>"]}
    rows = [
        {"Id": image, "ParentId": "", "Size": 7, "Labels": None, **_named(containerd=containerd)},
        {"Id": LAYER, "ParentId": "", "Size": 7, "Labels": {}, **none},
    ]
    for row in rows:
        # Since 1.51 it is counted how many containers use an image, and since 1.44 there is one size.
        row["Containers"] = 0 if version >= (1, 51) else -1
        if version < (1, 44):
            row["VirtualSize"] = 7
        if containerd and version >= (1, 48):
            row["Descriptor"] = {"mediaType": "application/vnd.oci.image.index.v1+json", "digest": row["Id"]}
    return rows


def _image(version: Version, image: str, *, containerd: bool) -> dict[str, Any]:
    found: dict[str, Any] = {
        "Id": image,
        **_named(containerd=containerd),
        "Created": CREATED,
        "Config": {"ExposedPorts": {"80/tcp": {}}},
        "Architecture": "amd64",
        "Os": "linux",
        "Size": 7,
        "RootFS": {"Type": "layers", "Layers": [LAYER]},
    }
    if version < (1, 52):
        # Later ones leave out what is empty.
        found |= {"Parent": "", "Comment": "", "Author": "", "DockerVersion": ""}
        found["Config"] |= {"Cmd": None, "Env": None, "Labels": None, "Volumes": None}
    if not containerd:
        found["GraphDriver"] = {"Name": "overlay2", "Data": {}}
    elif version >= (1, 48):
        found["Descriptor"] = {"mediaType": "application/vnd.oci.image.index.v1+json", "digest": INDEX}
    return found
