"""A certificate, a password, a login: each demand is met, not met, or could not be seen."""

from __future__ import annotations

import pytest

from labcheck.cause import ConnectionRefused, Unreadable
from labcheck.check import Check
from labcheck.checks import (
    CertificateTrusted,
    CertificateValid,
    LoggedIn,
    LoggedOut,
    PasswordRequired,
    PullAccepted,
    PushAccepted,
    TrustRemoved,
)
from labcheck.log import Entry, Gap, Happened, Log, Look
from labcheck.past import Past
from labcheck.query import Certificate, ContainerList, EngineInfo, ImageNamed, LoginList, Ping, TrustList
from labcheck.snapshot import Answer, Snapshot, Unknown
from labcheck.verdict import Finding, Outcome
from tests.support.logs import SECOND, past

DOMAIN = "registry.test:5443"
IMAGE = f"{DOMAIN}/busybox"
BLIND = Unknown("We could not look.", Unreadable())


def saw(*answers: Answer, at: int = 100) -> Look:
    return Look(at * SECOND, at * SECOND, Snapshot(answers))


def told(*entries: Entry) -> Past:
    return past(Log("lab", 0, entries))


def shown(*names: str, tls: bool = True, trusted: bool = False, flaw: str = "") -> Answer:
    found: dict[str, object] = {"tls": tls, "trusted": trusted, "flaw": flaw, "names": list(names)}
    return Answer(Certificate(DOMAIN), found=found)


def pong(status: int, *, registry: bool = True) -> Answer:
    return Answer(Ping(DOMAIN), found={"registry": registry, "status": status, "server": ""})


def logins(*registries: str) -> Answer:
    return Answer(LoginList(), found={"registries": list(registries), "others": 0})


def trusts(**folders: list[str]) -> Answer:
    return Answer(TrustList(), found={"folders": {name.replace("_", ":"): files for name, files in folders.items()}})


VALID, TRUSTED = CertificateValid(domain=DOMAIN), CertificateTrusted(domain=DOMAIN)
ASKS, IN, OUT = PasswordRequired(domain=DOMAIN), LoggedIn(domain=DOMAIN), LoggedOut(domain=DOMAIN)
GONE = TrustRemoved(domain=DOMAIN)


@pytest.mark.parametrize(
    ("check", "answer", "outcome", "actual"),
    [
        (VALID, shown("registry.test"), "pass", "valid"),
        (VALID, shown("registry.test", trusted=True), "pass", "valid"),
        (VALID, shown(tls=False), "fail", "plain HTTP"),
        (VALID, shown("a", "b", flaw="another-name"), "fail", "for a and b, not for registry.test"),
        (VALID, shown(flaw="no-names"), "fail", "subjectAltName"),
        (VALID, shown(flaw="expired"), "fail", "expired"),
        (VALID, shown(flaw="not-yet-valid"), "fail", "not valid yet"),
        (VALID, shown(flaw="other"), "fail", "not valid"),
        (VALID, Answer(Certificate(DOMAIN)), "fail", "nothing answers"),
        (VALID, Answer(Certificate(DOMAIN), unknown=BLIND), "inconclusive", "could not look"),
        (TRUSTED, shown("registry.test", trusted=True), "pass", "trusts"),
        (TRUSTED, shown("registry.test"), "fail", "does not know who signed"),
        (TRUSTED, shown("a", flaw="another-name"), "fail", "for a, not for registry.test"),
        (TRUSTED, shown(tls=False), "fail", "plain HTTP"),
        (TRUSTED, Answer(Certificate(DOMAIN)), "fail", "nothing answers"),
        (TRUSTED, Answer(Certificate(DOMAIN), unknown=BLIND), "inconclusive", "could not look"),
        (ASKS, pong(401), "pass", "asks for a password"),
        (ASKS, pong(200), "fail", "lets everybody in"),
        (ASKS, pong(401, registry=False), "fail", "not a registry"),
        (ASKS, Answer(Ping(DOMAIN)), "fail", "nothing answers"),
        (ASKS, Answer(Ping(DOMAIN), unknown=BLIND), "inconclusive", "could not look"),
        (IN, logins("a", DOMAIN), "pass", "has a login"),
        (IN, logins("localhost:5443"), "fail", "localhost:5443, but none for it"),
        (IN, logins(), "fail", "no login"),
        (IN, Answer(LoginList(), unknown=BLIND), "inconclusive", "could not look"),
        (OUT, logins("localhost:5443"), "pass", "no login"),
        (OUT, logins(DOMAIN), "fail", "still there"),
        (OUT, Answer(LoginList(), unknown=BLIND), "inconclusive", "could not look"),
        (GONE, trusts(), "pass", "none"),
        (GONE, trusts(**{"registry.test_5443": []}), "pass", "none"),
        (GONE, trusts(**{"registry.test_5443": ["ca.crt"]}), "fail", "ca.crt is still"),
        (GONE, Answer(TrustList(), unknown=BLIND), "inconclusive", "could not look"),
    ],
)
def test_what_was_seen_is_judged(check: Check, answer: Answer, outcome: str, actual: str) -> None:
    found = check.judge(told(saw(answer)))
    assert (found.outcome, actual in found.actual) == (Outcome(outcome), True), found


def event(what: str, at: int, actor: str, kind: str = "image") -> Happened:
    return Happened({"Type": kind, "Action": what, "timeNano": at * SECOND, "Actor": {"ID": actor, "Attributes": {}}})


def listed(created: int, port: int = 5443) -> Answer:
    row = {"Id": "c", "Names": ["/r"], "Created": created, "Ports": [{"PrivatePort": 5000, "PublicPort": port}]}
    return Answer(ContainerList(), found={"listed": [row], "others": 0})


INFO = Answer(EngineInfo(), found={"ServerVersion": "20.10.24"})
SILENT = Answer(EngineInfo(), found={"ServerVersion": "24.0.0", "DriverStatus": [["driver-type", "containerd"]]})
PUSHED, PULLED = (event(what, 50, f"{IMAGE}:latest") for what in ("push", "pull"))


def accepted(*answers: Answer, before: tuple[Entry, ...] = (PUSHED,)) -> Finding:
    return PushAccepted(image=IMAGE).judge(told(*before, saw(*answers)))


@pytest.mark.parametrize(
    ("answers", "before", "outcome", "actual"),
    [
        ((pong(401), listed(40), INFO), (PUSHED,), "pass", "accepted"),
        ((pong(401), listed(60), INFO), (PUSHED,), "fail", "before this registry was started"),
        ((pong(401), listed(60, port=5000), INFO), (PUSHED,), "pass", "accepted"),
        ((pong(401), listed(40), INFO), (PULLED,), "pass", "accepted"),
        ((pong(401), listed(60), INFO), (PULLED,), "fail", "not pushed"),
        ((pong(401), listed(40), INFO), (), "fail", "not pushed"),
        ((pong(401), listed(40), INFO), (event("push", 50, "localhost:5443/busybox:latest"),), "fail", "not pushed"),
        ((pong(401), listed(40), SILENT), (), "inconclusive", "does not report"),
        ((pong(401), listed(40), INFO), (Gap(45 * SECOND),), "inconclusive", "forgotten"),
        ((pong(401), listed(40), INFO), (Gap(30 * SECOND),), "fail", "not pushed"),
        ((pong(200), listed(40), INFO), (PUSHED,), "fail", "everybody in"),
        ((Answer(Ping(DOMAIN)), listed(40), INFO), (PUSHED,), "fail", "nothing answers"),
        ((Answer(Ping(DOMAIN), unknown=BLIND), listed(40), INFO), (PUSHED,), "inconclusive", "could not look"),
        ((pong(401), Answer(ContainerList(), unknown=BLIND), INFO), (PUSHED,), "inconclusive", "could not look"),
        ((pong(401), listed(40), Answer(EngineInfo(), unknown=BLIND)), (), "inconclusive", "could not look"),
    ],
)
def test_a_push_proves_the_login_if_the_registry_asked_for_one(
    answers: tuple[Answer, ...], before: tuple[Entry, ...], outcome: str, actual: str
) -> None:
    found = accepted(*answers, before=before)
    assert (found.outcome, actual in found.actual) == (Outcome(outcome), True), found


@pytest.mark.parametrize("event", [PUSHED, PULLED])
def test_podman_reports_a_push_that_was_refused_so_it_proves_no_login(event: Entry) -> None:
    podman = Answer(EngineInfo(), found={"ID": "1", "BuildahVersion": "1.43.2"})
    finding = accepted(pong(401), listed(40), podman, before=(event,))
    assert (finding.outcome, finding.actual) == (
        Outcome.INCONCLUSIVE,
        "Podman reports a push even if the registry refused it",
    )


def test_a_push_in_the_second_in_which_the_registry_was_created_came_before_or_after_that() -> None:
    actor = {"ID": "c", "Attributes": {"name": "r"}}
    born = Happened({"Type": "container", "Action": "create", "timeNano": 50 * SECOND + 7, "Actor": actor})
    seen = (pong(401), listed(50), INFO)
    assert accepted(*seen, before=(PUSHED, born)).outcome is Outcome.FAIL
    later = Happened(PUSHED.document | {"timeNano": 50 * SECOND + 9})
    assert accepted(*seen, before=(PUSHED, born, later)).outcome is Outcome.PASS


@pytest.mark.parametrize("check", [VALID, TRUSTED, ASKS], ids=lambda check: type(check).__name__)
def test_where_a_registry_is_gone_nobody_looked_in_time(check: Check) -> None:
    nothing = (Answer(Certificate(DOMAIN)), Answer(Ping(DOMAIN)), Answer(ContainerList(), found={"listed": []}))
    assert check.recall(told(saw(*nothing))) is None
    found = check.recall(told(event("start", 10, "c", "container"), saw(*nothing)))
    assert found is not None
    assert found.outcome is Outcome.INCONCLUSIVE
    still = Unknown("?", ConnectionRefused())
    answers = (Answer(Certificate(DOMAIN), unknown=still), Answer(Ping(DOMAIN), unknown=still), nothing[2])
    assert check.recall(told(event("start", 10, "c", "container"), saw(*answers))) is None


def test_a_push_to_a_registry_that_is_gone_proves_no_password() -> None:
    check = PushAccepted(image=IMAGE)
    assert check.recall(told(saw(Answer(Ping(DOMAIN))))) is None
    found = check.recall(told(PUSHED, saw(Answer(Ping(DOMAIN)))))
    assert found is not None
    assert found.outcome is Outcome.INCONCLUSIVE
    assert check.recall(told(PUSHED, saw(pong(200)))) is None


HERE, GONE_HERE = Answer(ImageNamed(IMAGE), found={"Id": "i"}), Answer(ImageNamed(IMAGE))


def named(at: int) -> Happened:
    """The event of ``docker tag``, whose actor is the image, and whose name is an attribute."""
    return Happened(
        {
            "Type": "image",
            "Action": "tag",
            "timeNano": at * SECOND,
            "Actor": {"ID": "i", "Attributes": {"name": f"{IMAGE}:latest"}},
        }
    )


@pytest.mark.parametrize(
    ("before", "answers", "outcome", "actual"),
    [
        ((PULLED,), (HERE, INFO), "pass", "pulled from there"),
        ((named(40), PULLED), (HERE, INFO), "pass", "pulled from there"),
        ((PULLED, named(60)), (HERE, INFO), "fail", "tagged, not pulled"),
        ((named(40),), (HERE, INFO), "fail", "tagged, not pulled"),
        ((), (HERE, INFO), "fail", "was not pulled"),
        ((PUSHED,), (HERE, INFO), "fail", "was not pulled"),
        ((PULLED,), (GONE_HERE, INFO), "fail", "no image of that name"),
        ((), (HERE, SILENT), "inconclusive", "does not report pulls"),
        ((), (HERE, Answer(EngineInfo(), unknown=BLIND)), "inconclusive", "could not look"),
        ((Gap(60 * SECOND),), (HERE, INFO), "inconclusive", "forgotten"),
        ((PULLED,), (Answer(ImageNamed(IMAGE), unknown=BLIND), INFO), "inconclusive", "could not look"),
    ],
)
def test_a_pull_is_proved_by_its_event(
    before: tuple[Entry, ...], answers: tuple[Answer, ...], outcome: str, actual: str
) -> None:
    found = PullAccepted(image=IMAGE).judge(told(*before, saw(*answers)))
    assert (found.outcome, actual in found.actual) == (Outcome(outcome), True), found


def test_a_pull_of_an_image_that_is_gone_is_recalled() -> None:
    check = PullAccepted(image=IMAGE)
    recalled = check.recall(told(PULLED, saw(GONE_HERE, INFO)))
    assert recalled is not None
    assert recalled.outcome is Outcome.PASS
    assert check.recall(told(saw(GONE_HERE, INFO))) is None
