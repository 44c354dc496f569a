"""The environment inside leads to the sandbox's engine and to no other."""

from __future__ import annotations

from labcheck.sandbox.environment import environment


def test_nothing_in_the_environment_leads_to_another_engine() -> None:
    own = {
        "DOCKER_HOST": "ssh://me@there",
        "DOCKER_CONTEXT": "there",
        "DOCKER_TLS_VERIFY": "1",
        "DOCKER_CERT_PATH": "/c",
        "DOCKER_CONTENT_TRUST": "1",
        "CONTAINER_HOST": "unix:///there",
        "HTTP_PROXY": "http://proxy:3128",
        "NO_PROXY": "intranet,localhost",
        "HOME": "/home/me",
    }
    assert environment(own, sandbox="abc", in_memory=False) == {
        "HTTP_PROXY": "http://proxy:3128",
        "HOME": "/home/me",
        "NO_PROXY": "intranet,localhost,127.0.0.1,::1,127.83.0.1,registry.test",
        "no_proxy": "intranet,localhost,127.0.0.1,::1,127.83.0.1,registry.test",
        "DOCKER_CONFIG": "/run/labcheck/data/docker-config",
        "LABCHECK_SANDBOX": "abc",
    }
