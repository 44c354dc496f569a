"""The settings for KubeSpawner, read by KubeSpawner, and the pod that comes of them, by Kubernetes' own library."""

from __future__ import annotations

import asyncio
import json
from importlib import metadata
from types import SimpleNamespace
from typing import Any

import pytest
from kubernetes_asyncio.client import ApiClient
from kubespawner import KubeSpawner
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from traitlets.config import Config

from labcheck.hub import kubernetes
from tests.support.places import ROOT

IMAGE = "registry.example/labcheck:1"
CLUSTER = """\
current-context: none
contexts: [{name: none, context: {cluster: none, user: none}}]
clusters: [{name: none, cluster: {server: "http://192.0.2.1"}}]
users: [{name: none, user: {}}]
"""


async def rendered() -> tuple[dict[str, Any], dict[str, Any]]:
    """The pod, and what is left of it where Kubernetes' library reads it: fields that it does not know are not."""
    config = Config()
    kubernetes(config, IMAGE)
    spawner = KubeSpawner(config=config, _mock=True)
    async with ApiClient() as client:
        pod = client.sanitize_for_serialization(await spawner.get_pod_manifest())
        read = client.deserialize(SimpleNamespace(data=json.dumps(pod)), "V1Pod")
        return pod, client.sanitize_for_serialization(read)


@pytest.fixture(scope="session")
def pod(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The pod of a learner. Nobody is asked at the cluster's address."""
    file = tmp_path_factory.mktemp("kube") / "config"
    file.write_text(CLUSTER, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kubernetes_asyncio.config.kube_config.KUBE_CONFIG_DEFAULT_LOCATION", str(file))
        found, read = asyncio.run(rendered())
    assert found == read
    return found


def test_the_pod_is_in_a_user_namespace_and_its_user_is_not_root(pod: dict[str, Any]) -> None:
    (container,) = pod["spec"]["containers"]
    context = container["securityContext"]
    assert pod["spec"]["hostUsers"] is False
    assert context["runAsUser"] == 1000
    assert "privileged" not in context
    assert not pod["spec"].get("hostNetwork")
    assert pod["spec"]["automountServiceAccountToken"] is False


def test_an_engine_can_make_its_namespaces_in_it(pod: dict[str, Any]) -> None:
    context = pod["spec"]["containers"][0]["securityContext"]
    assert context["procMount"] == "Unmasked"
    assert context["allowPrivilegeEscalation"] is True
    assert context["seccompProfile"] == context["appArmorProfile"] == {"type": "Unconfined"}
    assert context["capabilities"] == {"add": ["SETUID", "SETGID"], "drop": ["ALL"]}


def test_it_runs_the_course_with_a_home_that_is_kept(pod: dict[str, Any]) -> None:
    (container,) = pod["spec"]["containers"]
    (volume,) = pod["spec"]["volumes"]
    (mounted,) = container["volumeMounts"]
    assert container["image"] == IMAGE
    assert container["args"] == ["python3", "-P", "-m", "labcheck.hub.server"]
    assert (mounted["mountPath"], mounted["name"]) == ("/home/learner", volume["name"])
    assert volume["persistentVolumeClaim"]["claimName"].startswith("labcheck-mock")


def test_constraints_pin_what_a_hub_needs() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {canonicalize_name(line.split("==")[0]) for line in lines}
    needed, waiting = set[str](), ["jupyterhub", "jupyterhub-idle-culler", "jupyterhub-kubespawner", "dockerspawner"]
    while waiting:
        name = canonicalize_name(waiting.pop())
        if name not in needed:
            needed.add(name)
            requirements = map(Requirement, metadata.requires(name) or [])
            waiting += [it.name for it in requirements if it.marker is None or it.marker.evaluate({"extra": ""})]
    assert needed - pinned == set()
