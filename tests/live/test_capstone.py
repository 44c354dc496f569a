"""The repair shop: each fault that an attempt can draw is seen broken and seen mended, on the real engine."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from labcheck.sandbox.outside import Sandbox
from tests.live.learner import Learner
from tests.support.faults import GROUPS, broken
from tests.support.places import ROOT

UNTRUSTED = "Docker trusts the certificate"
PORT, RUNS = "localhost:5448 leads to port 5000", "The container repair-shop runs"
SAME, TAKES = "registry.test:5448/menu:1 is a second name", "registry.test:5448 accepted a push"
SOLD, MIRRORED = ["registry.test:5448 sent", SAME], "localhost:5449/library/busybox is here"
CLOSED = [*SOLD, TAKES]
"""What fails, too, while nobody can reach the shop."""
KEPT, MIRROR = "repair-shop keeps /var/lib/registry", "The container repair-mirror runs"

REFUSED, UNKNOWN, WRONG = "connection refused", "manifest unknown", "401 Unauthorized"

FAULTS = {
    "no-names": ("relies on legacy Common Name", "no name in the field that counts", [UNTRUSTED, *CLOSED]),
    "expired": ("certificate has expired", "its certificate has expired", [UNTRUSTED, *CLOSED]),
    "another-name": ("valid for bakery.test, not registry.test", "for bakery.test, not for", [UNTRUSTED, *CLOSED]),
    "trust-folder-misnamed": ("unknown authority", "does not know who signed", [UNTRUSTED, *CLOSED]),
    "trust-file-misnamed": ("unknown authority", "does not know who signed", [UNTRUSTED, *CLOSED]),
    "another-certificate-trusted": ("unknown authority", "does not know who signed", [UNTRUSTED, *CLOSED]),
    "key-of-another-certificate": (REFUSED, "nothing answers there", [RUNS, PORT, UNTRUSTED, *CLOSED]),
    "certificate-file-missing": (REFUSED, "nothing answers there", [RUNS, PORT, UNTRUSTED, *CLOSED]),
    "another-port": (REFUSED, "it publishes 5000 on 5447", [PORT, UNTRUSTED, *CLOSED]),
    "only-localhost": (REFUSED, "nothing answers there", [UNTRUSTED, *CLOSED]),
    "no-restart-policy": (
        REFUSED,
        "repair-shop: it has stopped",
        [RUNS, "The restart policy of repair-shop", PORT, UNTRUSTED, *CLOSED],
    ),
    "volume-without-name": (UNKNOWN, "its volume has no name", [KEPT, *SOLD]),
    "volume-elsewhere": (UNKNOWN, "its volume has no name", [KEPT, *SOLD]),
    "another-volume": (UNKNOWN, "it is in the volume repair-shop_data", [KEPT, *SOLD]),
    "mirror-of-nothing": (UNKNOWN, "there is no image of that name", [MIRRORED]),
    "mirror-of-another-address": (REFUSED, "keeps stopping and starting again", [MIRROR, MIRRORED]),
    "mirror-in-its-own-network": (REFUSED, "keeps stopping and starting again", [MIRROR, MIRRORED]),
    "mirror-listens-elsewhere": (REFUSED, "there is no image of that name", [MIRRORED]),
    "md5": (WRONG, "pushed before this registry was started", CLOSED),
    "another-user": (WRONG, "pushed before this registry was started", CLOSED),
    "another-password": (WRONG, "pushed before this registry was started", CLOSED),
    "password-file-missing": (WRONG, "pushed before this registry was started", CLOSED),
    "no-password": ('failed: {"repositories":', "it lets everybody in", [TAKES]),
    "another-image-tagged": ("No such file", "is a different image", [SAME]),
}
"""For each fault: what the customer's command says, what a demand says, and all the demands that are not met."""


@pytest.mark.timeout(900)
def test_each_fault_is_seen_broken_and_seen_mended_and_touches_nothing_else(world: Sandbox) -> None:
    play = [sys.executable, "-m", "tests.live.shop"]
    done = world.run(play, extra={"PYTHONPATH": str(ROOT)}, timeout=800)
    assert done.returncode == 0, done.stderr
    whole, *results = (json.loads(line) for line in done.stdout.splitlines())
    assert whole == {"fault": "none", "failing": []}
    faults = [lab.values[f"{group}.fault"] for group in GROUPS for lab in broken(group)]
    assert [it["fault"] for it in results] == faults
    for result in results:
        tried, reason, demands = FAULTS[result["fault"]]
        assert any(it in result["tried"] for it in tried.split("|")), result
        assert len(result["failing"]) == len(demands), result
        for failing, demand in zip(result["failing"], demands, strict=True):
            assert failing.partition(": ")[2].startswith(demand), result
        assert any(reason in failing for failing in result["failing"]), result
        mended = {name: result[name] for name in ("troubles", "tried_again", "failing_again")}
        assert mended == {"troubles": "", "tried_again": "", "failing_again": []}, result


def test_the_command_builds_the_same_shop_again_and_touches_nothing_else(world: Sandbox, tmp_path: Path) -> None:
    learner, complaints = Learner(world), []
    learner.types("docker run -d --name mine registry:2", "docker volume create mine")
    for _ in range(2):
        built = world.run([sys.executable, "-m", "labcheck", "capstone"], folder=tmp_path, timeout=240)
        assert built.returncode == 0, built.stderr
        complaints.append([line for line in built.stdout.splitlines() if line.startswith("  “")])
        learner.types("docker volume inspect mine", "docker start mine", "docker rm -fv repair-shop")
    assert complaints[0] == complaints[1]
    assert len(complaints[0]) == len(GROUPS)


def test_on_another_engine_and_without_any_it_builds_and_removes_nothing(world: Sandbox, tmp_path: Path) -> None:
    second = Path(__file__).with_name("second_engine.sh")
    Learner(world).types(f"bash {second}", "docker -H unix:///run/second.sock volume create repair-shop-data")
    elsewhere = "env -u LABCHECK_SANDBOX LABCHECK_JOURNAL=/run/second/journal DOCKER_HOST=unix:///run/{}.sock"
    for socket, sentence in {"second": "own engine only, and this is another one", "none": "cannot be built"}.items():
        typed = f"{elsewhere.format(socket)} {sys.executable} -m labcheck capstone"
        refused = world.run(["bash", "-c", typed], folder=tmp_path, timeout=240)
        assert (refused.returncode, refused.stdout) == (2, "")
        assert sentence in refused.stderr
        assert refused.stderr.count("\n") == 2
    Learner(world).types("docker -H unix:///run/second.sock volume inspect repair-shop-data")
    assert list(tmp_path.iterdir()) == []
