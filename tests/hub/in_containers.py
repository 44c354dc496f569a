"""``python -m tests.hub.in_containers FOLDER``, in a sandbox: a hub with DockerSpawner, and two learners' engines.

The image is made of this machine's own programs: no image with them can be pulled here. It has what the page for
administrators says of an image: a user with reserved ids, and newuidmap with its right as a capability of the file.
"""

from __future__ import annotations

import subprocess
import sys
from ipaddress import ip_network
from pathlib import Path

from tests.hub.hub import TestHub
from tests.hub.on_hub import OnHub
from tests.support.places import ROOT

IMAGE, UID = "labcheck-of-this-machine", 1000
FILES = {
    "etc/passwd": f"root:x:0:0::/root:/bin/sh\nlearner:x:{UID}:{UID}::/home/learner:/bin/bash\n",
    "etc/group": f"root:x:0:\nlearner:x:{UID}:\n",
    "etc/subuid": "learner:100000:65536\n",
    "etc/subgid": "learner:100000:65536\n",
}
EMPTY = ("tmp", "proc", "sys", "dev", "run", "mnt", "usr", "var/tmp", "var/lib", "home/learner", "opt/bin", "sbin")
LINKS = {"bin": "usr/bin", "lib": "usr/lib", "lib64": "usr/lib64", "var/run": "/run"}
NAMES = "docker ps --format '{{.Names}}'"
REGISTRY = "docker run -d -p 5000:5000 --restart=always --name my-registry registry:2"
COME_OUT = "docker run --rm -v /:/host --pid host --network host busybox sh -c"
WANTED = "echo x > /host/usr/x; echo x > /host/opt/x; ps -o args; true"


class InContainers(TestHub):
    """Its learners are nobody on this machine: each has a container."""

    def command(self) -> list[str]:
        """The hub alone."""
        return super().command()[-5:]


def make_image(place: Path) -> None:
    """Make the image, from nothing but names and two programs."""
    for name in EMPTY:
        (place / name).mkdir(parents=True)
    (place / "tmp").chmod(0o1777)
    for name, target in LINKS.items():
        (place / name).symlink_to(target)
    for name, text in FILES.items():
        (place / name).parent.mkdir(exist_ok=True)
        (place / name).write_text(text, encoding="utf-8")
    subprocess.run(["chown", f"{UID}:{UID}", str(place / "home/learner")], check=True)
    for name, right in {"newuidmap": "setuid", "newgidmap": "setgid"}.items():
        program = place / "opt/bin" / name
        program.write_bytes(Path("/usr/bin", name).read_bytes())
        program.chmod(0o755)
        subprocess.run(["/usr/sbin/setcap", f"cap_{right}=ep", str(program)], check=True)
    settings = {
        "PATH": f"{ROOT}/.venv/bin:/opt/bin:/usr/sbin:/usr/bin", "HOME": "/home/learner", "USER": "learner",
        "LABCHECK_IMAGE_CACHE": str(place.parent / "images"), "LABCHECK_IMAGES": "course",
    }  # fmt: skip
    changes = [f"--change=ENV {name}={value}" for name, value in settings.items()] + ["--change=USER learner"]
    packed = ["tar", "--xattrs", "--xattrs-include=*", "-C", str(place), "-c", "."]
    with subprocess.Popen(packed, stdout=subprocess.PIPE) as tar:
        subprocess.run(["docker", "import", *changes, "-", IMAGE], stdin=tar.stdout, check=True, capture_output=True)


def tried(hub: TestHub) -> None:
    """Use both servers, and stop and start one."""
    hub.spawn(*hub.learners)
    with OnHub(hub, "ada").terminal() as ada, OnHub(hub, "grace").terminal() as grace:
        ada.types(REGISTRY)
        ada.types("until labcheck attempts push-and-pull | grep '1 of 10'; do sleep 0.5; done")
        assert "my-registry" in ada.types(NAMES)
        assert "my-registry" not in grace.types(f"docker pull -q busybox; {NAMES}")
        said = grace.types(f"{COME_OUT} '{WANTED}' 2>&1")
        assert said.count("ermission denied") + said.count("Read-only") == 2, said
        assert "labcheck.start.learner" in said
        assert "labcheck.hub.server" not in said
    hub.stop("ada")
    hub.spawn("ada")
    with OnHub(hub, "ada").terminal() as ada:
        ada.types(f"until {NAMES} | grep my-registry; do sleep 0.5; done")


def main(folder: str) -> None:
    """Start the hub and both servers, and use them."""
    hub = InContainers(Path(folder), ["ada", "grace"])
    hub.prepare()
    make_image(hub.folder / "image")
    subnet = ["docker", "network", "inspect", "bridge", "-f", "{{(index .IPAM.Config 0).Subnet}}"]
    asked = subprocess.run(subnet, check=True, capture_output=True, text=True)
    places = ["/usr", "/etc/alternatives", sys.base_prefix, str(ROOT), str(hub.folder / "images")]
    hub.more = {"image": IMAGE, "places": places, "gateway": str(next(ip_network(asked.stdout.strip()).hosts()))}
    hub.start()
    try:
        tried(hub)
    finally:
        for learner in hub.learners:
            hub.stop_if_there(learner)
        hub.end()


if __name__ == "__main__":
    main(*sys.argv[1:])
