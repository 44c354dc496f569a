"""A class's room: ``python -m tests.live.room FOLDER`` in a network of its own, with a mirror and three learners.

The mirror's upstream stands for Docker Hub, and each request to it is counted. Prints what each learner saw, and what
the upstream was asked for.
"""

from __future__ import annotations

import http.client
import http.server
import json
import os
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

ADDRESS = "192.0.2.7"
UPSTREAM, COUNTED, MIRROR = 8810, 8811, 8809
LEARNERS = 3
NETWORK = (
    "link set lo up",
    "link add room type veth peer name desk",
    "link set room up",
    "link set desk up",
    f"address add {ADDRESS}/24 dev room",
)
"""A room's network, which leads nowhere else."""
PULL = ["docker", "pull", "--quiet", "nginx:latest"]


class Counting(http.server.BaseHTTPRequestHandler):
    """Passes each request on to the upstream, and counts it."""

    protocol_version = "HTTP/1.1"
    asked: ClassVar[Counter[str]] = Counter()

    def do_GET(self) -> None:
        """Pass it on."""
        kind = next((kind for kind in ("manifests", "blobs", "tags") if f"/{kind}/" in self.path), "")
        if kind:
            self.asked[f"{self.command} {kind}"] += 1
        upstream = http.client.HTTPConnection(ADDRESS, UPSTREAM, timeout=60)
        upstream.request(self.command, self.path, headers={"Accept": ", ".join(self.headers.get_all("Accept", []))})
        answer = upstream.getresponse()
        body = answer.read()
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in {"date", "connection"}:
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        upstream.close()

    do_HEAD = do_GET  # noqa: N815 - as http.server calls it

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Relay(http.server.ThreadingHTTPServer):
    """Where it listens; a connection that is given up is nothing to report."""

    def handle_error(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def mirror(home: Path, *options: str) -> Iterator[None]:
    """``labcheck mirror`` with these options, once it serves."""
    argv = [sys.executable, "-P", "-m", "labcheck", "mirror", "--host", ADDRESS, *options]
    environment = os.environ | {"LABCHECK_HOME": str(home)}
    with subprocess.Popen(argv, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            assert "The mirror serves" in process.stdout.readline()
            yield
        finally:
            process.terminate()
            assert process.wait(30) == 0


def learner() -> str:
    """What a learner's pull says, in a sandbox of theirs."""
    argv = [sys.executable, "-P", "-m", "labcheck", "sandbox", "run", "--", *PULL]
    environment = os.environ | {"LABCHECK_IMAGES": f"http://{ADDRESS}:{MIRROR}"}
    done = subprocess.run(argv, env=environment, capture_output=True, text=True, timeout=240, check=False)
    return done.stdout.strip() or done.stderr


def main(folder: Path) -> None:
    """Fill the room, and have everybody pull, twice the first."""
    for command in NETWORK:
        subprocess.run(["ip", *command.split()], check=True)
    homes = [folder / name for name in ("upstream", "class")]
    images = Path(os.environ["LABCHECK_HOME"]) / "images"
    for home in homes:
        home.mkdir()
        (home / "images").symlink_to(images)
    counting = Relay((ADDRESS, COUNTED), Counting)
    threading.Thread(target=counting.serve_forever, daemon=True).start()
    upstream = mirror(homes[0], "--from", "course", "--port", str(UPSTREAM))
    with upstream, mirror(homes[1], "--from", f"http://{ADDRESS}:{COUNTED}"):
        first = learner()
        once = dict(Counting.asked)
        others = [learner() for _ in range(LEARNERS - 1)]
    counting.shutdown()
    sys.stdout.write(json.dumps({"pulled": [first, *others], "once": once, "all": dict(Counting.asked)}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
