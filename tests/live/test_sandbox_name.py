"""``registry.test``: the sandbox itself, under a name for which Docker demands a certificate."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from labcheck.cause import UntrustedCertificate
from labcheck.query import Certificate, Ping, Shown, TrustList
from labcheck.sandbox.outside import Sandbox
from labcheck.sandbox.places import REGISTRY_ADDRESS, REGISTRY_HOST
from labcheck.snapshot import Found, Unknown
from tests.live.observing import Orders, observing

DOMAIN = f"{REGISTRY_HOST}:5443"
TRUST = f"/etc/docker/certs.d/{DOMAIN}"
CERTIFICATE = f"""
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -keyout registry.key -out registry.crt \\
    -subj /CN={REGISTRY_HOST} -addext subjectAltName=DNS:{REGISTRY_HOST} -batch 2>/dev/null
"""
START = """
docker run -d --name secured -p 5443:5000 -v "$PWD:/certs:ro" \\
    -e REGISTRY_HTTP_TLS_CERTIFICATE=/certs/registry.crt -e REGISTRY_HTTP_TLS_KEY=/certs/registry.key registry:2
"""
ANSWERS = f"for i in $(seq 200); do curl -ks https://{DOMAIN}/v2/ && exit; sleep 0.05; done; exit 1"
PROXIES = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9")


@pytest.fixture(scope="module")
def secured(shared_world: Sandbox, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    """With a registry at registry.test:5443 that speaks HTTPS, and an image that is named for it."""
    place = tmp_path_factory.mktemp("certificate")
    for commands in (CERTIFICATE, START, ANSWERS, f"docker pull -q busybox; docker tag busybox {DOMAIN}/busybox"):
        done = shared_world.run(["bash", "-ec", commands], folder=place)
        assert done.returncode == 0, done.stderr
    shared_world.run(["cp", str(place / "registry.crt"), "/etc/registry.crt"])
    yield shared_world
    shared_world.run(["docker", "rm", "-fv", "secured"])


@pytest.fixture(autouse=True)
def _untrusted(secured: Sandbox) -> None:
    secured.run(["rm", "-rf", "/etc/docker/certs.d"])


def push(world: Sandbox, domain: str = DOMAIN) -> str:
    """What the engine says at the end."""
    done = world.run(["sh", "-c", f"docker push -q {domain}/busybox 2>&1"])
    return done.stdout.strip()


def test_the_name_means_the_sandbox_and_no_other_machine(secured: Sandbox) -> None:
    named = secured.run(["getent", "ahostsv4", REGISTRY_HOST]).stdout.split()
    assert named[0] == REGISTRY_ADDRESS
    assert f"local {REGISTRY_ADDRESS} dev lo" in secured.run(["ip", "route", "get", REGISTRY_ADDRESS]).stdout
    assert REGISTRY_HOST not in Path("/etc/hosts").read_text()
    assert REGISTRY_ADDRESS not in Path("/proc/net/fib_trie").read_text()


def test_the_engine_demands_a_trusted_certificate_and_needs_no_restart(secured: Sandbox) -> None:
    assert "x509: certificate signed by unknown authority" in push(secured)
    secured.run(["sh", "-ec", f"mkdir -p {TRUST}; cp /etc/registry.crt {TRUST}/ca.crt"])
    assert push(secured) == f"{DOMAIN}/busybox:latest"
    assert not Path(TRUST).exists()


def test_a_name_at_127_would_be_exempt(secured: Sandbox) -> None:
    """Why the name has an address of its own: there, the engine verifies nothing."""
    secured.run(["docker", "tag", "busybox", "localhost:5443/busybox"])
    assert push(secured, "localhost:5443") == "localhost:5443/busybox:latest"


def test_labcheck_trusts_whom_the_engine_trusts(secured: Sandbox) -> None:
    asked = Ping(DOMAIN), Certificate(DOMAIN), TrustList()
    with observing(secured) as observe:
        pong, shown, trusted = observe(Orders(queries=asked)).ask(*asked)
        assert isinstance(pong, Unknown)
        assert pong.cause == UntrustedCertificate()
        assert shown == Found(Shown(is_tls=True, is_trusted=False, flaw="", names=(REGISTRY_HOST,)))
        assert trusted == Found({})
        secured.run(["sh", "-ec", f"mkdir -p {TRUST}; cp /etc/registry.crt {TRUST}/ca.crt"])
        pong, shown, trusted = observe(Orders(queries=asked)).ask(*asked)
        assert isinstance(pong, Found)
        assert shown == Found(Shown(is_tls=True, is_trusted=True, flaw="", names=(REGISTRY_HOST,)))
        assert trusted == Found({DOMAIN: ("ca.crt",)})


def test_no_proxy_is_used_for_the_name(secured: Sandbox) -> None:
    command = ["curl", "-sS", "--cacert", "/etc/registry.crt", f"https://{DOMAIN}/v2/"]
    assert secured.run(command, extra=PROXIES).stdout == "{}"
    with observing(secured, **PROXIES) as observe:
        (seen,) = observe(Orders(queries=(Ping(DOMAIN),))).ask(Ping(DOMAIN))
    assert isinstance(seen, Unknown)
    assert seen.cause == UntrustedCertificate()
