"""How fast a look is: against the shell script that asks the same, and against the bare requests.

    labcheck sandbox run -- python tests/benchmarks/looks.py

Ratios of one run, on one machine. It proves nothing and fails nothing; it shows.
"""

from __future__ import annotations

import statistics
import subprocess
import time
from collections.abc import Callable

import docker
import urllib3

from labcheck.attempt import opened
from labcheck.lab import load

RUNS = 21
PREPARE = """
docker run -d --name my-registry -p 5000:5000 --restart=always registry:2
docker pull nginx:latest; docker pull httpd:latest
docker image tag nginx:latest localhost:5000/nginx:latest
docker image tag httpd:latest localhost:5000/httpd:latest
until curl -sf localhost:5000/v2/; do sleep 0.1; done
docker push localhost:5000/nginx:latest; docker push localhost:5000/httpd:latest
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


def seconds(work: Callable[[], object]) -> float:
    """The median of some runs, after one that does not count."""
    times = []
    for _ in range(RUNS + 1):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return statistics.median(times[1:])


def script(text: str) -> None:
    """Run the script, and read away what it says."""
    subprocess.run(["/bin/sh", "-c", text], check=True, capture_output=True)


def bare() -> None:
    """The script's requests, one after the other over kept connections."""
    engine.inspect_container("my-registry"), engine.containers(all=True), engine.images(), engine.info()
    for image in ("nginx", "httpd", "localhost:5000/nginx", "localhost:5000/httpd"):
        engine.inspect_image(image)  # type: ignore[no-untyped-call]  # its stubs know no types
    for path in ("", "_catalog", "nginx/tags/list", "httpd/tags/list"):
        registry.request("GET", f"http://localhost:5000/v2/{path}")
    for name in ("nginx", "httpd"):
        accept = {"Accept": "application/vnd.docker.distribution.manifest.v2+json"}
        registry.request("GET", f"http://localhost:5000/v2/{name}/manifests/latest", headers=accept)


script(PREPARE)
engine, registry = docker.from_env().api, urllib3.PoolManager()
with opened(load("push-and-pull")) as attempt:
    assert attempt.look().points > 0
    look = seconds(attempt.look)
    judged = seconds(attempt.report)
shell, requests = seconds(lambda: script(SCRIPT)), seconds(bare)
print(f"a full check, warm     {look * 1000:7.1f} ms")
print(f"of it, log and judge   {judged * 1000:7.1f} ms")
print(f"the bare requests      {requests * 1000:7.1f} ms   a check takes {look / requests:.2f} times as long")
print(f"the shell script       {shell * 1000:7.1f} ms   a check takes {look / shell:.2f} times as long")
