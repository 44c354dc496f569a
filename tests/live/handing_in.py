"""Inside a sandbox: learn with secrets about, while all labs are recorded, and hand in.

It prints JSON: the sizes of what is handed in, and how much was recorded.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path

from labcheck.home import journal
from labcheck.journal import Journal
from labcheck.lab import load, slugs
from labcheck.watch import record

SECRET = "hunter2"  # noqa: S105 - what must not be found
LONG = 120
"""Commands of a long attempt."""
PLAYED = (
    f"docker run -d --name my-registry -p 5000:5000 -e REGISTRY_HTTP_SECRET={SECRET}-1 -l note={SECRET}-2 registry:2",
    "docker pull nginx:latest",
    "docker pull httpd:latest",
    f"docker run -d --name sleeper -e TOKEN={SECRET}-4 busybox sleep 600",
    f"tar c README.md | docker import - {SECRET}-11 && docker create --name {SECRET}-3 {SECRET}-11 true",
    f"docker tag busybox registry.{SECRET}-5.example/{SECRET}-6/backend:v1",
    f"echo {SECRET}-7 | docker login --username {SECRET}-8 --password-stdin localhost:5000",
    f"docker volume create {SECRET}-9",
    "docker tag nginx:latest localhost:5000/nginx:latest",
    "docker push localhost:5000/nginx:latest",
    f"docker exec my-registry sh -c 'echo {SECRET}-10'",
)
AGAIN = (
    "docker tag httpd:latest localhost:5000/httpd:latest",
    "docker rmi localhost:5000/httpd:latest",
    "docker run -d --name web -p 8080:80 httpd:latest",
    "docker rm -fv web",
)


def main(folder: Path) -> None:
    """Play, and hand in after a few commands and after many."""
    over = threading.Event()
    recording = threading.Thread(target=_record, args=(over,))
    recording.start()
    try:
        for command in PLAYED:
            _typed(command)
        _typed("labcheck check push-and-pull", 1)
        few = _handed(folder / "few.labcheck")
        for number in range(LONG - len(PLAYED)):
            _typed(AGAIN[number % len(AGAIN)])
    finally:
        over.set()
        _typed("docker rm -fv web", 1)  # an event, so that the recorder sees that it is over
        recording.join(60)
    many = _handed(folder / "many.labcheck")
    with Journal(journal()) as filed:
        entries = [len(filed.log(head).entries) for lab in filed.labs() for head in filed.attempts(lab)]
    sys.stdout.write(json.dumps({"few": few, "many": many, "attempts": len(entries), "entries": sum(entries)}))


def _record(over: threading.Event) -> None:
    for _ in record([load(slug) for slug in slugs()], until=over):
        pass


def _typed(command: str, *codes: int) -> None:
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode in {0, *codes}, f"{command}: {done.stdout}{done.stderr}"


def _handed(file: Path) -> int:
    _typed(f"labcheck submit --learner ann -o {file}")
    return file.stat().st_size


if __name__ == "__main__":
    main(Path(sys.argv[1]))
