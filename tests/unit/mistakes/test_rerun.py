"""The learner's own ``docker run`` is repeated as it was: no wider, with its data, without a variable's value."""

from __future__ import annotations

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labcheck.engine import EVERYWHERE, LOOPBACK, Container
from labcheck.evidence_fields import INSPECTED_CONTAINER, kept
from labcheck.judge import judge
from labcheck.lab import load
from labcheck.mistakes.publish import Publish, published, replacing
from labcheck.mistakes.rerun import once_more, plain, rerun
from labcheck.render.terminal import render
from labcheck.verdict import Fix
from tests.support import recorded

RUN = ("docker run -d --name my-registry --network net -p 127.0.0.1:5001:5000 -p '[::1]:6000:5443' -p 53:53/udp "
       "-p 7000 --restart=on-failure:3 -v data:/var/lib/registry -v '/my auth:/auth:ro' "
       "--mount type=bind,source=/etc/ssl,target=/ssl,readonly registry:2")  # fmt: skip


def container(**config: object) -> Container:
    """What the engine says of a container that was run by ``RUN``, reduced to what may enter evidence."""
    said = {
        "Id": "1",
        "Name": "/my-registry",
        "Config": {"Image": "registry:2", "Env": ["PATH=/bin", "OF_IMAGE=1"]} | config,
        "HostConfig": {
            "NetworkMode": "net",
            "RestartPolicy": {"Name": "on-failure", "MaximumRetryCount": 3},
            "Binds": ["data:/var/lib/registry", "/my auth:/auth:ro"],
            "Mounts": [{"Type": "bind", "Source": "/etc/ssl", "Target": "/ssl", "ReadOnly": True}],
            "PortBindings": {
                "5000/tcp": [{"HostIp": "127.0.0.1", "HostPort": "5001"}],
                "5443/tcp": [{"HostIp": "::1", "HostPort": "6000"}],
                "53/udp": [{"HostIp": "", "HostPort": "53"}],
                "7000/tcp": [{"HostIp": "", "HostPort": ""}],
            },
        },
    }
    document = kept(said, INSPECTED_CONTAINER)
    assert isinstance(document, dict)
    return Container(document)


def words(command: str) -> list[str]:
    return sorted(shlex.split(command))


def test_everything_that_was_given_is_given_again() -> None:
    removal, run = rerun(container()).commands
    assert removal == "docker rm -f -v my-registry"
    assert words(run) == words(RUN)
    (again,) = once_more(container(), "registry:2").commands
    assert words(again) == words(RUN)


def test_only_what_was_wrong_is_changed() -> None:
    def changed(fix: Fix) -> list[str]:
        return words(fix.commands[-1])

    assert changed(rerun(container(), port=(5000, 5000))) == words(RUN.replace(":5001:5000", ":5000:5000"))
    assert changed(rerun(container(), policy="always")) == words(RUN.replace("on-failure:3", "always"))
    assert changed(rerun(container(), network=False)) == words(RUN.replace("--network net ", ""))


@pytest.mark.parametrize("env", [["A=secret", "PATH=/bin"], ["A=secret"]])
def test_values_are_asked_for_and_no_command_goes_without_them(env: list[str]) -> None:
    fix = rerun(container(Env=env))
    assert fix.commands == ()
    assert "-e A=VALUE registry:2" in fix.advice
    assert "docker rm -f -v my-registry" in fix.advice
    assert "secret" not in fix.advice


def test_what_the_docker_command_gives_by_itself_is_no_setting() -> None:
    assert rerun(container(Env=["HTTPS_PROXY=p", "no_proxy=q", "PATH=/bin"])).commands


def test_where_a_setting_is_at_fault_the_data_stay_and_the_rest_is_named() -> None:
    fix = plain(container(Env=["A=x", "PATH=/bin"]), "docker logs my-registry")
    assert fix.commands[0] == "docker logs my-registry"
    assert "-v data:/var/lib/registry" in fix.commands[-1]
    assert "-e" not in fix.commands[-1].split()
    assert "/my auth" not in fix.commands[-1]
    assert "A" in fix.advice
    assert "/my auth:/auth:ro" in fix.advice


def test_older_evidence_names_volumes_only() -> None:
    old = {
        "Name": "/old",
        "Config": {"Image": "registry:2"},
        "Mounts": [
            {"Type": "volume", "Name": "data", "Destination": "/var/lib/registry"},
            {"Type": "volume", "Name": "a" * 64, "Destination": "/var/cache"},
        ],
    }
    assert rerun(Container(old)).commands[-1] == "docker run -d --name old -v data:/var/lib/registry registry:2"


PORTS = st.builds(
    Publish,
    st.sampled_from(["192.0.2.1", *sorted(EVERYWHERE | LOOPBACK)]),
    st.sampled_from(["", "5000", "5001", "80"]),
    st.sampled_from([5000, 5001, 80]),
    st.sampled_from(["tcp", "udp"]),
)


@given(st.lists(PORTS, max_size=4, unique=True).map(tuple))
def test_a_port_put_right_is_no_wider_and_takes_no_other_away(ports: tuple[Publish, ...]) -> None:
    right = replacing(ports, 5000, 5000)
    (one,) = (it for it in right if it.inside == 5000)
    assert (one.outside, one.protocol) == ("5000", "tcp")
    if ports and not {it.address for it in ports} & EVERYWHERE:
        assert one.address not in EVERYWHERE
    assert one.address in EVERYWHERE | LOOPBACK
    others = [it for it in ports if it.inside != 5000 and it.outside != "5000"]
    assert set(others) | {one} == set(right)


@given(st.lists(PORTS, max_size=4, unique=True))
def test_ports_are_read_back_as_they_were_given(ports: list[Publish]) -> None:
    bindings: dict[str, list[dict[str, str]]] = {}
    for it in ports:
        bindings.setdefault(f"{it.inside}/{it.protocol}", []).append({"HostIp": it.address, "HostPort": it.outside})
    assert published(Container({"HostConfig": {"PortBindings": bindings}})) == tuple(sorted(ports))


def test_a_registry_on_one_address_with_a_volume_comes_back_as_it_was() -> None:
    log = recorded.log("registry-image-removed-with-a-volume")
    trouble = judge(load("push-and-pull"), log).step("start-registry").trouble
    assert trouble is not None
    assert words(trouble.fix.commands[0]) == words(
        "docker run -d --name my-registry -p 127.0.0.1:5000:5000 -p 53:53/udp --restart=always "
        "-v kept:/var/lib/registry registry:2"
    )
    assert "push again" not in trouble.why


def test_a_command_among_advice_is_printed_whole() -> None:
    log = recorded.log("other-host-port-with-settings")
    printed = render(judge(load("push-and-pull"), log).only("start-registry"))
    (run,) = [line.strip() for line in printed.splitlines() if line.startswith("    docker run")]
    assert words(run) == words(
        "docker run -d --name my-registry -p 5000:5000 --restart=always -e REGISTRY_LOG_LEVEL=VALUE registry:2"
    )


def test_a_mount_without_a_source_is_docker_s_own_to_make_again() -> None:
    said = container()
    mounts = said.document["HostConfig"]
    assert isinstance(mounts, dict)
    mounts["Mounts"] = [{"Type": "tmpfs", "Target": "/tmp/fast"}]  # noqa: S108 - in the container
    (_, run) = rerun(said).commands
    assert "--mount" not in run
