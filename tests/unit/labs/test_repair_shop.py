"""The repair shop: each attempt draws three faults, and a report leaves it to the learner what they are."""

from __future__ import annotations

from collections import Counter

import pytest

from labcheck.judge import judge
from labcheck.lab import load
from labcheck.log import Entry, Log, Look, Shown
from labcheck.query import Certificate, ContainerNamed, ImageNamed, Ping
from labcheck.report import StepReport
from labcheck.snapshot import Answer, Snapshot
from labcheck.verdict import Outcome
from tests.support.faults import GROUPS, SLUG, broken, whole

LAB = load(SLUG).drawn("notebook")
DOMAIN = LAB.values["registry"]
OPEN = Answer(ImageNamed(f"{DOMAIN}/order:1"), found={"Id": "i"})
EXPIRED = Answer(Certificate(DOMAIN), found={"tls": True, "trusted": False, "flaw": "expired", "names": []})
MET = (
    Answer(
        ContainerNamed("repair-shop"),
        found={
            "State": {"Status": "running"},
            "Config": {"Image": "registry:2"},
            "HostConfig": {"RestartPolicy": {"Name": "unless-stopped"}},
            "NetworkSettings": {"Ports": {"5000/tcp": [{"HostIp": "0.0.0.0", "HostPort": "5448"}]}},  # noqa: S104 - seen
        },
    ),
    Answer(Ping("localhost:5448"), found={"registry": True, "status": 401, "server": ""}),
)


def reach(*entries: Entry) -> StepReport:
    """How the first complaint stands, when the certificate has expired."""
    look = Look(100, 100, Snapshot((OPEN, EXPIRED, *MET)))
    return judge(LAB, Log(SLUG, 0, (look, *entries), seed="notebook")).step("reach")


def test_there_are_more_than_twelve_faults_and_hundreds_of_shops() -> None:
    counts = [len(broken(group)) for group in GROUPS]
    assert sum(counts) >= 12
    assert counts[0] * counts[1] * counts[2] > 300
    names = [lab.values[f"{group}.fault"] for group in GROUPS for lab in broken(group)]
    assert len(set(names)) == sum(counts)


def test_every_fault_is_drawn_for_some_attempt_and_an_attempt_gets_its_own_again() -> None:
    drawn = [load(SLUG).drawn(str(seed)).values for seed in range(300)]
    for group in GROUPS:
        assert len(Counter(values[f"{group}.fault"] for values in drawn)) == len(broken(group))
    assert load(SLUG).drawn("7").values == drawn[7]


@pytest.mark.parametrize("group", GROUPS)
def test_what_a_customer_says_names_no_fault(group: str) -> None:
    complaints = [lab.values[f"{group}.complaint"] for lab in broken(group)]
    assert len(set(complaints)) == len(complaints)
    for lab in broken(group):
        step = lab.step(group)
        assert lab.values[f"{group}.complaint"] in step.title
        assert lab.values[f"{group}.fault"] not in step.title
        assert lab.values[f"{group}.try"] in step.hints[0]


def test_the_whole_shop_is_built_without_any_fault() -> None:
    for group in GROUPS:
        for lab in broken(group):
            assert set(whole().building) < set(lab.building)
            assert {*lab.values[f"{group}.break"].splitlines()} <= set(lab.building)


def test_a_report_says_which_demand_is_not_met_and_leaves_it_to_the_learner_why() -> None:
    step = reach()
    assert [check.outcome for check in step.checks] == [*(Outcome.PASS for _ in range(3)), Outcome.FAIL]
    trouble = step.trouble
    assert trouble is not None
    assert (trouble.diagnosis, trouble.why, trouble.fix.commands) == (None, "", ())
    assert "expired" not in str(trouble)
    assert "labcheck hint repair-shop reach" in trouble.fix.advice


@pytest.mark.parametrize("what", ["hint", "solution", "played"])
def test_whoever_asked_for_help_is_told_why(what: str) -> None:
    trouble = reach(Shown(100, "reach", what)).trouble  # type: ignore[arg-type]  # each is one of the three
    assert trouble is not None
    assert trouble.diagnosis == "certificate-expired"
    other = reach(Shown(100, "keep", what)).trouble  # type: ignore[arg-type]  # as above
    assert other is not None
    assert other.diagnosis is None


def test_where_labcheck_could_not_look_it_says_so() -> None:
    look = Look(100, 100, Snapshot((OPEN,)))
    step = judge(LAB, Log(SLUG, 0, (look,), seed="notebook")).step("reach")
    assert {check.outcome for check in step.checks} == {Outcome.INCONCLUSIVE}
