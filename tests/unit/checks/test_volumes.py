"""Volumes: one with a name where the registry writes, what survives in it, and none that is left behind."""

from __future__ import annotations

import pytest

from labcheck.checks import VolumeAbsent, VolumeKept, VolumeMounted
from labcheck.document import Document
from labcheck.log import Entry, Happened, Log, Look
from labcheck.query import ContainerNamed, Query, StoredAt, VolumeNamed
from labcheck.snapshot import Absent, Evidence, Found, Snapshot
from labcheck.verdict import Finding, Outcome
from tests.support import registry as it
from tests.support.logs import SECOND, past
from tests.support.registry import DOMAIN, SLOW, manifest, stored

IMAGE = f"{DOMAIN}/site:1"
MOUNTED = VolumeMounted(name="keeper")
KEPT = VolumeKept(name="keeper", image=IMAGE)
ANONYMOUS = "a" * 64
DATA = "/var/lib/registry"
THERE = stored(manifest(it.BASE))


def container(*mounts: tuple[str, str, str], identity: str = "new") -> Evidence[Document]:
    mounted = [{"Type": kind, "Name": name, "Destination": place} for kind, name, place in mounts]
    return Found({"Id": identity, "Name": "/keeper", "State": {"Status": "running"}, "Mounts": mounted})


NAMED = container(("volume", "keeper-data", DATA))


def look(at: int, seen: Evidence[Document], held: Evidence[Document] = THERE) -> Look:
    found: dict[Query, Evidence[Document]] = {ContainerNamed("keeper"): seen, StoredAt(IMAGE): held}
    return Look(at * SECOND, at * SECOND, Snapshot.of(found))


def event(at: int, action: str, actor: str, kind: str = "container") -> Happened:
    told = {"ID": actor, "Attributes": {"name": "keeper" if kind == "container" else "", "image": "registry:2"}}
    return Happened({"Type": kind, "Action": action, "timeNano": at * SECOND, "Actor": told})


PUSHED = event(2, "push", IMAGE, "image")
REPLACED = (event(1, "create", "old"), PUSHED, event(3, "destroy", "old"), event(4, "create", "new"))


def mounted(seen: Evidence[Document]) -> Finding:
    return MOUNTED.judge(past(Log("lab", 0, (look(1, seen),))))


def kept(*entries: Entry) -> Finding:
    return KEPT.judge(past(Log("lab", 0, entries)))


def test_a_volume_with_a_name_at_the_registry_s_folder_passes() -> None:
    assert mounted(NAMED) == Finding(Outcome.PASS, actual="it is in the volume keeper-data")


def test_where_one_volume_is_demanded_no_other_will_do() -> None:
    log = past(Log("lab", 0, (look(1, NAMED),)))
    assert VolumeMounted(name="keeper", volume="keeper-data").judge(log).outcome is Outcome.PASS
    assert VolumeMounted(name="keeper", volume="keeper_data").judge(log) == Finding(
        Outcome.FAIL, f"the volume keeper_data at {DATA}", "it is in the volume keeper-data"
    )


@pytest.mark.parametrize(
    ("seen", "actual"),
    [
        (container(("volume", ANONYMOUS, DATA)), "its volume has no name, so the next container will not find it"),
        (container(("bind", "", DATA)), "it is in a folder of this computer, not in a volume"),
        (container(("volume", "keeper-data", "/data")), "there is no volume; /data has one"),
        (container(), "there is no volume"),
        (Absent(), "there is no container called keeper"),
    ],
)
def test_what_is_kept_elsewhere_fails_and_says_where(seen: Evidence[Document], actual: str) -> None:
    assert (mounted(seen).outcome, mounted(seen).actual) == (Outcome.FAIL, actual)
    assert kept(look(1, seen)).actual == actual


def test_a_container_that_went_before_a_look_is_not_judged() -> None:
    entries = (event(1, "start", "old"), event(2, "destroy", "old"), look(3, Absent()))
    recalled = MOUNTED.recall(past(Log("lab", 0, entries)))
    assert recalled is not None
    assert recalled.outcome is Outcome.INCONCLUSIVE


def test_what_was_pushed_before_the_container_was_replaced_and_is_there_passes() -> None:
    assert kept(*REPLACED, look(5, NAMED)).outcome is Outcome.PASS
    # Another client pushed it: no event tells when, but the container was replaced.
    assert kept(*(it for it in REPLACED if it is not PUSHED), look(5, NAMED)).outcome is Outcome.PASS


@pytest.mark.parametrize(
    ("entries", "actual"),
    [
        ((event(1, "create", "new"), PUSHED, look(5, NAMED)), "keeper is still the first container of that name"),
        (
            (*REPLACED, event(5, "push", IMAGE, "image"), look(6, NAMED)),
            "it was pushed after keeper was made, so nothing needed to be kept yet",
        ),
        ((*REPLACED, look(5, NAMED, Absent())), "the registry holds nothing of that name and tag"),
        (
            (*REPLACED, look(5, NAMED, stored(manifest(it.BASE), missing=("x",)))),
            "it is there, but 1 of its parts are missing",
        ),
    ],
)
def test_what_did_not_survive_fails(entries: tuple[Entry, ...], actual: str) -> None:
    assert (kept(*entries).outcome, kept(*entries).actual) == (Outcome.FAIL, actual)


def test_what_could_not_be_seen_is_no_failure() -> None:
    assert mounted(SLOW).outcome is Outcome.INCONCLUSIVE
    assert kept(*REPLACED, look(5, SLOW)).outcome is Outcome.INCONCLUSIVE
    assert kept(*REPLACED, look(5, NAMED, SLOW)).outcome is Outcome.INCONCLUSIVE


@pytest.mark.parametrize(
    ("seen", "outcome", "fix"),
    [
        (Found({"Name": "keeper-data"}), Outcome.FAIL, ("docker volume rm keeper-data",)),
        (Absent(), Outcome.PASS, ()),
        (SLOW, Outcome.INCONCLUSIVE, ()),
    ],
)
def test_a_volume_is_gone_or_there_or_nobody_knows(
    seen: Evidence[Document], outcome: Outcome, fix: tuple[str, ...]
) -> None:
    check = VolumeAbsent(volume="keeper-data")
    told = past(Log("lab", 0, (Look(1, 1, Snapshot.of({VolumeNamed("keeper-data"): seen})),)))
    assert (check.judge(told).outcome, check.fix(told).commands) == (outcome, fix)
