"""The world that is looked at, the shell script that asks the same, and the bare requests that this takes."""

from __future__ import annotations

import statistics
import subprocess
import time
from collections.abc import Callable
from typing import Any

LAB = "push-and-pull"
RUNS = 21
PREPARE = """
docker run -d --name my-registry -p 5000:5000 --restart=always registry:2
docker pull nginx:latest; docker pull httpd:latest
docker image tag nginx:latest localhost:5000/nginx:latest
docker image tag httpd:latest localhost:5000/httpd:latest
until curl -sf localhost:5000/v2/; do sleep 0.1; done
docker push localhost:5000/nginx:latest; docker push localhost:5000/httpd:latest
docker tag nginx:latest bench:1; docker rmi bench:1
"""
SCRIPT = """
docker inspect my-registry; docker ps -a; docker image ls; docker info
for image in nginx httpd localhost:5000/nginx localhost:5000/httpd; do docker image inspect $image; done
curl -s localhost:5000/v2/; curl -s localhost:5000/v2/_catalog
for name in nginx httpd; do
  curl -s localhost:5000/v2/$name/tags/list
  curl -s -H 'Accept: application/vnd.docker.distribution.manifest.v2+json' localhost:5000/v2/$name/manifests/latest
done
"""


def seconds(work: Callable[[], object], runs: int = RUNS) -> float:
    """The median of some runs, after one that does not count."""
    times = []
    for _ in range(runs + 1):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return statistics.median(times[1:])


def script(text: str) -> None:
    """Run the script, and read away what it says."""
    subprocess.run(["/bin/sh", "-c", text], check=True, capture_output=True)


def bare(engine: Any, registry: Any) -> None:  # noqa: ANN401 - docker's client and urllib3's, as they are
    """The script's requests, one after the other over kept connections."""
    engine.inspect_container("my-registry"), engine.containers(all=True), engine.images(), engine.info()
    for image in ("nginx", "httpd", "localhost:5000/nginx", "localhost:5000/httpd"):
        engine.inspect_image(image)
    for path in ("", "_catalog", "nginx/tags/list", "httpd/tags/list"):
        registry.request("GET", f"http://localhost:5000/v2/{path}")
    for name in ("nginx", "httpd"):
        accept = {"Accept": "application/vnd.docker.distribution.manifest.v2+json"}
        registry.request("GET", f"http://localhost:5000/v2/{name}/manifests/latest", headers=accept)
