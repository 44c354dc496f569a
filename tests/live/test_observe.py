"""The observers against a real engine and a real registry, in a sandbox."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from labcheck.cause import ConnectionRefused, HostNotFound, NotTls, TimedOut
from labcheck.lab import load
from labcheck.observe import Cursor
from labcheck.oci import Manifest, Stored, parsed
from labcheck.plan import plan
from labcheck.query import (
    Catalog,
    ContainerList,
    ContainerNamed,
    EngineInfo,
    ImageList,
    ImageNamed,
    Ping,
    Query,
    StoredAt,
    Tags,
)
from labcheck.sandbox.outside import Sandbox
from labcheck.snapshot import Absent, Evidence, Found, Unknown
from tests.live.observing import Orders, Seen, observing

DOMAIN = "localhost:5000"
START = "docker run -d --name my-registry -p 5000:5000 registry:2"
PUSHED = f"docker pull -q nginx:latest && docker tag nginx:latest {DOMAIN}/nginx && docker push -q {DOMAIN}/nginx"
NGINX = StoredAt(f"{DOMAIN}/nginx:latest")
EMPTY = """
docker ps -aq | xargs -r docker rm -fv
docker image ls --format '{{.Repository}}:{{.Tag}}' | grep -v -e '^registry:2$' -e none | xargs -r docker rmi -f
docker image prune -f
docker image inspect registry:2 >/dev/null 2>&1 || docker pull -q registry:2
"""
DATA = "docker inspect -f '{{(index .Mounts 0).Source}}' my-registry"


@dataclass(frozen=True)
class Lab:
    """The shared sandbox, and the observer in it."""

    world: Sandbox
    observe: Callable[[Orders], Seen]


@pytest.fixture(scope="module")
def observe(shared_world: Sandbox) -> Iterator[Callable[[Orders], Seen]]:
    with observing(shared_world) as observe:
        yield observe


@pytest.fixture
def lab(shared_world: Sandbox, observe: Callable[[Orders], Seen]) -> Lab:
    """With no container, and no image but the registry's, in it."""
    found = Lab(shared_world, observe)
    typed(found, EMPTY)
    return found


def typed(lab: Lab, command: str) -> str:
    done = lab.world.run(["bash", "-c", command], timeout=240)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def look(lab: Lab, *queries: Query) -> list[Evidence[Any]]:
    return lab.observe(Orders(queries=queries)).ask(*queries)


def test_an_image_that_was_pushed_is_the_local_one_and_complete(lab: Lab) -> None:
    typed(lab, f"{START} && {PUSHED}")
    seen = look(
        lab,
        NGINX,
        ImageNamed("nginx"),
        ImageNamed(f"{DOMAIN}/nginx:latest"),
        Ping(DOMAIN),
        Catalog(DOMAIN),
        Tags(DOMAIN, "nginx"),
        ContainerNamed("my-registry"),
        ContainerList(),
        ImageList(),
        EngineInfo(),
    )
    assert all(isinstance(evidence, Found) for evidence in seen), seen
    stored, image, tagged, pong, catalog, tags, registry, containers, images, info = (
        evidence.value for evidence in seen if isinstance(evidence, Found)
    )
    assert image.layers
    assert image.layers == tagged.layers
    assert stored.layers == (image.layers,)
    assert stored.missing == ()
    assert (pong.is_registry, pong.status) == (True, 200)
    assert (catalog, tags) == (("nginx",), ("latest",))
    assert (registry.status, registry.image) == ("running", "registry:2")
    assert {(binding.host_port, binding.container_port) for binding in registry.live_bindings} == {(5000, 5000)}
    assert [container.name for container in containers.listed] == ["my-registry"]
    assert (images.count, images.others) == (2, 0)
    assert info.is_course


def test_a_full_look_is_quick(lab: Lab) -> None:
    typed(lab, f"{START} && {PUSHED}")
    queries = plan(load("push-and-pull")).queries
    seen = lab.observe(Orders(queries=queries, times=20))
    print(f"a look at {len(queries)} things: {statistics.median(seen.looks[1:]) * 1000:.0f} ms")  # noqa: T201 - measured
    assert min(seen.looks) < 0.5, "whatever else the machine does, it does not hold up each of them"
    assert 0 < (seen.until - seen.at) / 1e9 < seen.looks[-1]


def test_what_is_not_there_is_absent(lab: Lab) -> None:
    typed(lab, START)
    absent = (
        ContainerNamed("nobody"),
        ImageNamed("nginx"),
        ImageNamed("nobody/nothing:1"),
        NGINX,
        Tags(DOMAIN, "nginx"),
    )
    assert look(lab, *absent) == [Absent()] * len(absent)
    (identifier,) = typed(lab, "docker ps -q").splitlines()
    assert look(lab, ContainerNamed(identifier), ImageNamed("registry:3"), Catalog(DOMAIN)) == [
        Absent(),
        Absent(),
        Found(()),
    ]


def test_a_registry_that_is_not_there_is_absent_and_its_content_unknown(lab: Lab) -> None:
    pong, stored, catalog = look(lab, Ping(DOMAIN), NGINX, Catalog(DOMAIN))
    assert pong == Absent()
    assert stored == catalog == Unknown(f"Nothing answers at {DOMAIN}.", ConnectionRefused())


def test_a_registry_that_was_just_started_is_waited_for(lab: Lab) -> None:
    """Many looks begin while docker-proxy already listens and the registry behind it does not."""
    typed(lab, "docker create --name my-registry -p 5000:5000 registry:2")
    start = "docker restart -t 0 my-registry"
    seen = lab.observe(Orders(queries=(Ping(DOMAIN),), before_each=start, times=4))
    assert [pong.value.is_registry for pong in seen.all(Ping(DOMAIN)) if isinstance(pong, Found)] == [True] * 4


@pytest.mark.parametrize("address", ["127.0.0.1", "[::1]"])
def test_either_family_of_localhost_will_do(lab: Lab, address: str) -> None:
    typed(lab, f"docker run -d --name my-registry -p {address}:5000:5000 registry:2")
    (pong,) = look(lab, Ping(DOMAIN))
    assert isinstance(pong, Found)
    assert pong.value.is_registry


def test_a_lost_blob_is_missing(lab: Lab) -> None:
    typed(lab, f"{START} && {PUSHED}")
    stored = found(look(lab, NGINX)[0])
    manifest = Manifest(parsed(stored.document["manifests"][stored.digest]))  # type: ignore[index]
    blobs = typed(lab, DATA) + "/docker/registry/v2/blobs/sha256"
    lost = manifest.layers[-1].digest
    typed(lab, f"rm {blobs}/{lost[7:9]}/{lost[7:]}/data && docker restart -t 0 my-registry")
    assert found(look(lab, NGINX)[0]).missing == (lost,)
    # Without a restart the registry still announces the config, and breaks off when it is fetched.
    config = manifest.config.digest
    typed(lab, f"rm {blobs}/{config[7:9]}/{config[7:]}/data")
    stored = found(look(lab, NGINX)[0])
    assert (stored.missing, stored.layers) == ((config, lost), ((),))


def test_a_registry_on_another_address_must_speak_https(lab: Lab) -> None:
    typed(lab, START)
    bridge = typed(lab, "ip -4 -br address show docker0").split()[2].partition("/")[0]
    assert look(lab, Ping(f"{bridge}:5000")) == [Unknown(f"{bridge}:5000 does not speak HTTPS.", NotTls())]
    unheard = look(lab, Ping("registry.invalid:5000"), Catalog("registry.invalid"))
    assert unheard == [
        Unknown("There is no machine called registry.invalid:5000.", HostNotFound()),
        Unknown("There is no machine called registry.invalid.", HostNotFound()),
    ]


def test_proxies_are_for_other_machines_only(lab: Lab) -> None:
    typed(lab, START)
    proxies = {"HTTPS_PROXY": f"http://{DOMAIN}", "HTTP_PROXY": "http://127.0.0.1:1", "NO_PROXY": ""}
    proxies |= {name.lower(): value for name, value in proxies.items()}
    queries = (Ping(DOMAIN), Ping("registry.invalid"))
    with observing(lab.world, **proxies) as observe:
        own, other = observe(Orders(queries=queries)).ask(*queries)
    assert isinstance(own, Found)
    assert isinstance(other, Unknown)
    assert other.reason.startswith("registry.invalid cannot be reached: Tunnel connection failed: ")


def test_a_frozen_engine_is_unknown_and_its_registry_is_seen(lab: Lab) -> None:
    typed(lab, f"{START} && {PUSHED}")
    queries = (ContainerList(), ImageNamed("nginx"), Ping(DOMAIN), NGINX)
    typed(lab, "kill -STOP $(cat /run/docker.pid)")
    try:
        seen = lab.observe(Orders(queries=queries, timeout=1.5, cursor=Cursor(1)))
    finally:
        typed(lab, "kill -CONT $(cat /run/docker.pid)")
    late = Unknown("The Docker engine did not answer within 1.5 s.", TimedOut(1.5))
    containers, image, pong, stored = seen.ask(*queries)
    assert (containers, image) == (late, late)
    assert isinstance(pong, Found)
    assert isinstance(stored, Found)
    assert seen.no_events == late.reason
    assert seen.looks[0] < 3


def test_events_are_replayed_once(lab: Lab) -> None:
    typed(lab, "docker rmi registry:2")
    before = lab.observe(Orders()).until
    typed(lab, f"{START} && {PUSHED} && docker rm -f my-registry && docker image rm nginx")
    seen = lab.observe(Orders(cursor=Cursor(before)))
    assert seen.gap is False
    assert seen.kinds == [
        "image/pull",
        "container/create",
        "container/start",
        "image/pull",
        "image/tag",
        "image/push",
        "container/kill",
        "container/die",
        "container/destroy",
        "image/untag",
    ]
    again = lab.observe(Orders(cursor=seen.cursor))
    assert (again.events, again.gap, again.cursor) == ([], False, seen.cursor)
    typed(lab, "docker tag registry:2 registry:3")
    assert lab.observe(Orders(cursor=seen.cursor)).kinds == ["image/tag"]


def test_what_runs_inside_a_container_is_no_event(lab: Lab) -> None:
    before = lab.observe(Orders()).until
    typed(lab, f"{START} && (docker exec -e TOKEN=hunter2 my-registry /hunter2; docker rm -f my-registry)")
    seen = lab.observe(Orders(cursor=Cursor(before)))
    assert "container/start" in seen.kinds
    assert not [kind for kind in seen.kinds if "exec" in kind]
    assert "hunter2" not in str(seen.events)


def test_more_events_than_the_engine_keeps_are_a_gap(lab: Lab) -> None:
    seen = lab.observe(Orders(cursor=Cursor(1)))
    flood = "http://docker/images/registry:2/tag?repo=flood&tag=[1-260]"
    typed(lab, f"curl -sfX POST --unix-socket /var/run/docker.sock '{flood}'")
    forgotten = lab.observe(Orders(cursor=seen.cursor))
    assert forgotten.gap
    assert forgotten.kinds == ["image/tag"] * 256
    assert lab.observe(Orders(cursor=Cursor(1))).gap
    after = lab.observe(Orders(cursor=forgotten.cursor))
    assert (after.events, after.gap) == ([], False)
    typed(lab, "docker image prune -af")


def test_a_listener_hears_at_once_and_can_be_woken(lab: Lab) -> None:
    seen = lab.observe(Orders(meanwhile=("docker tag registry:2 one", "docker tag registry:2 two", "docker rmi one")))
    assert [kind for kind, _ in seen.heard] == ["image/tag", "image/tag", "image/untag"]
    assert min(delay for _, delay in seen.heard) < 0.5, "whatever else the machine does"
    assert seen.is_awake


def found(evidence: Evidence[Any]) -> Stored:
    assert isinstance(evidence, Found)
    assert isinstance(evidence.value, Stored)
    return evidence.value
