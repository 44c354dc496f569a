"""What an administrator writes into ``jupyterhub_config.py``: one line for the kind of hub that there is."""

from __future__ import annotations

import sys
from pathlib import Path

from traitlets.config import Config

from labcheck.digest import hexadecimal
from labcheck.sandbox.outside.child import tied

FOLDER = Path("/srv/jupyterhub")
"""Where a hub keeps its files, usually."""
SERVER = ["python3", "-P", "-m", "labcheck.hub.server"]
"""What runs in a container; ``python3`` is the image's, with labcheck."""
MAPPING = ["SETUID", "SETGID"]
"""What ``newuidmap`` and ``newgidmap`` may do; nothing else in a container may."""
HOME, USER = "/home/learner", 1000
"""The home in a container, which a volume keeps, and the id of its user."""
RUN = Path("/run/labcheck-hub")
STARTING = 180
"""Seconds until a server must be there: a machine on which a whole class begins at once is slow."""


def local(c: Config, *, folder: Path = FOLDER, idle: int = 3600) -> None:
    """Give each learner, who is a user of this machine, the course with an engine of their own.

    ``folder`` is for the hub's files, and becomes root's. A server that was not used for ``idle`` seconds is stopped; 0
    means never.
    """
    state = folder / "state"
    state.mkdir(mode=0o700, parents=True, exist_ok=True)
    c.JupyterHub.spawner_class = "labcheck.hub.spawner.CourseSpawner"
    c.CourseSpawner.pages = str(pages(folder))
    c.CourseSpawner.environment = {"LABCHECK_IMAGE_CACHE": str(folder / "images")}
    c.CourseSpawner.start_timeout = STARTING
    c.JupyterHub.db_url = f"sqlite:///{state / 'jupyterhub.sqlite'}"
    c.JupyterHub.cookie_secret_file = str(state / "cookie_secret")
    c.ConfigurableHTTPProxy.pid_file = str(state / "proxy.pid")
    c.JupyterHub.cleanup_servers = False  # a hub that is started again finds them
    if idle:
        _stop_idle(c, idle)


def pages(folder: Path) -> Path:
    """Where the servers of the hub in this folder listen.

    JupyterHub makes the letters of an address small, and a socket's name has 107 bytes at most: so it is not in there.
    """
    return RUN / hexadecimal(str(folder).encode())[:12]


def docker(c: Config, image: str) -> None:
    """Give each learner a container of DockerSpawner, of an image with labcheck, and an engine of their own inside.

    The container is not privileged, and its user is not root. What an engine without root needs is that no system call,
    and nothing in ``/proc``, is kept from it: it makes namespaces, and mounts a ``/proc`` of its own. In the image,
    ``newuidmap`` and ``newgidmap`` have their rights as file capabilities: as programs of root's they would need all.
    """
    c.JupyterHub.spawner_class = "dockerspawner.DockerSpawner"
    c.DockerSpawner.image = image
    c.DockerSpawner.cmd = SERVER
    c.DockerSpawner.volumes = {"labcheck-{username}": HOME}
    c.DockerSpawner.start_timeout = c.DockerSpawner.http_timeout = STARTING
    c.DockerSpawner.extra_host_config = {
        "security_opt": ["seccomp=unconfined", "apparmor=unconfined"],
        "cap_drop": ["ALL"],
        "cap_add": MAPPING,
        "init": True,
    }
    # What `docker run --security-opt systempaths=unconfined` sends; Docker's Python library has no word for it.
    c.DockerSpawner.extra_create_kwargs = {"host_config": {"MaskedPaths": [], "ReadonlyPaths": []}}


def kubernetes(c: Config, image: str, *, storage: str = "4Gi") -> None:
    """Give each learner a pod of KubeSpawner, of an image with labcheck, and an engine of their own inside.

    The pod is in a user namespace (``hostUsers: false``), without which Kubernetes shows nobody the whole ``/proc``.
    The nodes' kubelets have to give it twice the usual number of ids (``userNamespaces.idsPerPod: 131072``): half of
    them are for the users of its containers.
    """
    c.JupyterHub.spawner_class = "kubespawner.KubeSpawner"
    c.KubeSpawner.image = image
    c.KubeSpawner.cmd = SERVER
    c.KubeSpawner.uid = c.KubeSpawner.gid = c.KubeSpawner.fs_gid = USER
    c.KubeSpawner.allow_privilege_escalation = True  # else nothing has the capabilities of its file
    c.KubeSpawner.container_security_context = {
        "procMount": "Unmasked",
        "seccompProfile": {"type": "Unconfined"},
        "appArmorProfile": {"type": "Unconfined"},
        "capabilities": {"drop": ["ALL"], "add": MAPPING},
    }
    c.KubeSpawner.extra_pod_config = {"hostUsers": False}
    c.KubeSpawner.automount_service_account_token = False
    c.KubeSpawner.start_timeout = c.KubeSpawner.http_timeout = STARTING
    c.KubeSpawner.storage_pvc_ensure = True
    c.KubeSpawner.storage_capacity = storage
    c.KubeSpawner.pvc_name_template = "labcheck-{user_server}"
    c.KubeSpawner.volumes = [{"name": "home", "persistentVolumeClaim": {"claimName": "labcheck-{user_server}"}}]
    c.KubeSpawner.volume_mounts = [{"name": "home", "mountPath": HOME}]


def _stop_idle(c: Config, idle: int) -> None:
    """Have the hub's own culler stop servers that nobody uses."""
    culler = [sys.executable, "-m", "jupyterhub_idle_culler", f"--timeout={idle}", f"--cull-every={max(1, idle // 4)}"]
    scopes = ["list:users", "read:users:activity", "read:servers", "delete:servers"]
    add_service(c, "idle-culler", culler, scopes)


def add_service(c: Config, name: str, command: list[str], scopes: list[str], **more: object) -> None:
    """Add a service with a role of its own to those that there are. It ends with its hub, even if that is killed."""
    service = {"name": name, "command": [*tied(), *command], **more}
    c.JupyterHub.services = [*c.JupyterHub.get("services", []), service]
    role = {"name": name, "scopes": scopes, "services": [name]}
    c.JupyterHub.load_roles = [*c.JupyterHub.get("load_roles", []), role]
