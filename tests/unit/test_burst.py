"""A look into the middle of a command settles nothing: wherever looks fall, the report at the end is the same.

``vectors/solved-*.json`` are logs of each lab's own solution, recorded in a sandbox with a look after each step;
``vectors/prune-race.json`` is a learner's log in which a look fell between the events of one ``docker image prune``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from labcheck import evidence
from labcheck.burst import AT_ONCE, IN_TIME, followed, goes_on, is_torn, may_go_on
from labcheck.engine import Event
from labcheck.judge import judge
from labcheck.lab import load
from labcheck.log import Answered, Entry, Happened, Log, Look
from labcheck.query import ContainerNamed
from labcheck.report import Report
from labcheck.snapshot import Snapshot
from labcheck.verdict import Outcome
from tests.support.logs import look
from tests.support.places import VECTORS

RACE = evidence.decode((VECTORS / "prune-race.json").read_bytes())
SOLVED = {
    path.stem.removeprefix("solved-"): evidence.decode(path.read_bytes())
    for path in sorted(VECTORS.glob("solved-*.json"))
}
PUSH_AND_PULL = load("push-and-pull")


def happened(kind: str, at: int, actor: str = "one", name: str = "") -> Happened:
    """An event of the engine."""
    family, _, action = kind.partition("/")
    subject = {"ID": actor, "Attributes": {"name": name}}
    return Happened({"Type": family, "Action": action, "timeNano": at, "Actor": subject})


def answering(log: Log, *answers: str) -> Log:
    """The log, with these answers to how many images are left instead of those that were given."""
    others = tuple(it for it in log.entries if not (isinstance(it, Answered) and it.step == "images-left"))
    given = (Answered(log.looks[-1].until, "images-left", answer) for answer in answers)
    return replace(log, entries=(*others, *given))


def test_a_look_between_the_events_of_one_prune_does_not_become_the_truth() -> None:
    right = judge(PUSH_AND_PULL, answering(RACE, "1")).step("images-left")
    assert (right.done, right.tries) == (True, 1)
    wrong = judge(PUSH_AND_PULL, answering(RACE, "2")).step("images-left")
    assert (wrong.done, wrong.outcome) == (False, Outcome.FAIL)
    both = judge(PUSH_AND_PULL, RACE).step("images-left")
    assert (both.done, both.tries) == (True, 3)


@pytest.mark.parametrize(
    ("one", "other", "seconds", "same"),
    [
        ("image/untag one", "image/delete one", 9, True),
        ("image/untag one", "image/delete one", 11, False),
        ("image/delete one", "image/untag two", 0.9, True),
        ("image/delete one", "image/untag two", 1.1, False),
        ("image/delete one", "image/prune ", 0.5, True),
        ("container/create one", "container/start one", 2, True),
        ("container/create one", "container/start two", 0.1, False),
        ("container/kill one", "container/die one", 9.9, True),
        ("container/kill one", "container/die two", 0.1, False),
        ("container/die one", "container/destroy one", 1, True),
        ("container/kill one", "container/stop one", 9.9, True),
        ("container/die one", "container/start one", 0.1, False),
        ("container/stop one", "container/start one", 0.1, False),
        ("container/stop one", "container/die one", 0.1, True),
        ("container/start one", "container/restart one", 0.1, True),
        ("container/stop one", "container/destroy one", 0.1, False),
        ("image/untag one", "image/untag one", 0.5, True),
        ("image/untag one", "image/untag one", 2, False),
        ("image/tag one", "image/untag one", 0.1, False),
        ("image/pull one", "image/pull two", 0.1, False),
        ("image/push one", "container/kill two", 0.1, False),
        ("image/untag one", "image/delete one", -1, False),
    ],
)
def test_what_follows_what_in_one_command(one: str, other: str, seconds: float, same: bool) -> None:  # noqa: FBT001 - a case
    (first, actor), (second, another) = one.split(" "), other.split(" ")
    events = happened(first, IN_TIME, actor), happened(second, IN_TIME + int(seconds * AT_ONCE), another)
    assert goes_on(Event(events[0].document), Event(events[1].document)) is same


def test_a_look_while_something_happens_is_torn_and_one_that_goes_on_longer_is_not() -> None:
    event = Event(happened("image/tag", 15).document)
    assert is_torn(look(10, until=20), [event], [])
    assert not is_torn(look(16, until=20), [event], [])
    assert not is_torn(replace(look(10, until=20), took=3), [event], []), "the looks after it saw the same"


def torn(*said: str) -> bool | None:
    """Whether the one look was torn, among these events of one container: what, and after how many seconds."""
    entries: list[Entry] = []
    for one in said:
        kind, seconds = one.split()
        at = int(float(seconds) * AT_ONCE)
        entries.append(look(at, until=at) if kind == "look" else happened(f"container/{kind}", at, name="my-registry"))
    place = next(at for at, entry in enumerate(entries) if isinstance(entry, Look))
    before: tuple[Event, ...] = ()
    for entry in entries[:place]:
        assert isinstance(entry, Happened)
        before = followed(before, entry.event)
    seen = entries[place]
    assert isinstance(seen, Look)
    return is_torn(seen, before, entries[place + 1 :])


def test_a_restart_is_one_command_and_a_stop_and_a_start_are_two_however_fast() -> None:
    assert torn("kill 1", "die 1.1", "stop 1.2", "look 1.3", "start 1.4", "restart 1.4") is True
    assert torn("kill 1", "stop 1.1", "die 1.1", "look 1.3", "start 4", "restart 4") is True, "a slow machine"
    assert torn("kill 1", "stop 1.1", "look 1.1", "die 1.2") is True, "Engine 26 and newer say it in this order, too"
    assert torn("kill 1", "look 1.1", "stop 1.2", "die 1.2") is True
    assert torn("kill 1", "die 1.1", "stop 1.2", "look 1.3", "start 1.4") is None, "it may be a restart"
    assert torn("kill 1", "die 1.1", "stop 1.2", "look 1.3", "start 1.4", "kill 1.5") is False
    assert torn("kill 1", "die 1.1", "stop 1.2", "look 1.3", "start 1.4", "look 2.5") is False
    assert torn("die 1", "look 1.1", "start 1.2", "look 2.3") is False, "it ended by itself, and was started again"


def test_who_stops_a_container_and_removes_it_types_two_commands() -> None:
    assert torn("kill 1", "die 1.1", "look 1.1", "destroy 1.1") is True
    assert torn("kill 1", "die 1.1", "stop 1.1", "look 1.2", "destroy 1.3") is False
    assert torn("kill 1", "stop 1.1", "die 1.1", "look 1.2", "destroy 1.3") is False


@pytest.mark.parametrize("between", ["pull", "push", "tag", "load", "import"])
def test_who_removes_an_image_and_gets_it_back_and_removes_it_types_three_commands(between: str) -> None:
    """A script does that within a second, and what was true after each is true. Recorded: the times in nanoseconds."""
    removed = happened("image/untag", 19_553_000_000, "id"), happened("image/delete", 19_554_000_000, "id")
    back = happened(f"image/{between}", 19_804_000_000, "id" if between in {"tag", "load"} else "localhost:5002/bakery")
    again = happened("image/untag", 20_490_000_000, "id"), happened("image/delete", 20_491_000_000, "id")
    before = followed((Event(removed[0].document),), Event(removed[1].document))
    seen = look(19_600_000_000, until=19_680_000_000)
    assert is_torn(seen, before, (back, *again)) is False
    assert is_torn(seen, before, again) is True, "without it, one command may have removed both"
    assert is_torn(seen, before, (happened("container/start", 19_700_000_000), *again)) is True
    seen = look(20_000_000_000, until=20_010_000_000)
    assert is_torn(seen, followed(before, Event(back.document)), again) is False, "also once it is back"


def follows(one: Event, other: Event, later: Sequence[Entry]) -> bool:
    """Whether one command makes both: by themselves, or by how it goes on."""
    then = next((it.event for it in later if isinstance(it, Happened)), None)
    return goes_on(one, other) or (may_go_on(one, other) and then is not None and goes_on(other, then))


def is_told(log: Log, place: int) -> bool:
    """Whether the next event says that the command went on; that a restart did, the one after it says."""
    one, other = log.entries[place - 1], log.entries[place]
    return isinstance(one, Happened) and isinstance(other, Happened) and goes_on(one.event, other.event)


def gaps(log: Log) -> Iterator[int]:
    """The places between two events of one command; containers that the lab does not name tear no look."""
    asked = [answer.query for look in log.looks for answer in look.snapshot.answers]
    ours = {query.name for query in asked if isinstance(query, ContainerNamed)}
    for place, (one, other) in enumerate(zip(log.entries, log.entries[1:], strict=False), 1):
        match one, other:
            case Happened(before), Happened(after) if follows(Event(before), Event(after), log.entries[place + 1 :]):
                both = [event for event in map(Event, (before, after)) if event.kind.startswith("container/")]
                if all(event.name in ours for event in both):
                    yield place


def around(log: Log, place: int) -> tuple[Look, Look]:
    """The looks before and after it."""
    before = [it for it in log.entries[:place] if isinstance(it, Look)]
    return before[-1], next(it for it in log.entries[place:] if isinstance(it, Look))


def between(log: Log, place: int, mask: int) -> Look:
    """A look that saw of each thing what it was before the command or what it was after it, as the mask says."""
    before, after = around(log, place)
    later = {answer.query: answer for answer in after.snapshot.answers}
    seen = (later[it.query] if mask >> bit & 1 else it for bit, it in enumerate(before.snapshot.answers))
    one, other = log.entries[place - 1].at, log.entries[place].at
    return Look(one + (other - one) // 3, one + (other - one) * 2 // 3, Snapshot(tuple(seen)))


def with_looks(log: Log, masks: dict[int, int]) -> Log:
    """The log, with looks at these places."""
    entries: list[Entry] = []
    for place, entry in enumerate(log.entries):
        entries += [between(log, place, masks[place])] if place in masks else []
        entries.append(entry)
    return replace(log, entries=tuple(entries))


BESIDE = ("container/die", "container/start", "container/health_status: unhealthy", "container/create", "look")


def with_company(log: Log, places: dict[int, int], beside: dict[int, list[str]]) -> Log:
    """The log, with looks at these places, and after each of them what has nothing to do with the command."""
    entries: list[Entry] = []
    for place, entry in enumerate(log.entries):
        if place in places:
            torn = between(log, place, places[place])
            entries.append(torn)
            apart = (entry.at - torn.until) // (len(beside.get(place, [])) + 1)
            for number, kind in enumerate(beside.get(place, []), 1):
                at = torn.until + apart * number
                seen = Look(at, at, torn.snapshot)
                name = "my-registry" if "health" in kind else "another"
                entries.append(seen if kind == "look" else happened(kind, at, "another", name))
        entries.append(entry)
    return replace(log, entries=tuple(entries))


@given(st.sampled_from([*SOLVED, "race"]), st.data())
def test_nothing_that_happens_beside_a_command_makes_a_look_into_it_the_truth(name: str, data: st.DataObject) -> None:
    """A container that starts again and again, or another look, stands between the look and the rest of the command."""
    log = answering(RACE, "1", "2") if name == "race" else SOLVED[name]
    lab = load(log.lab).drawn(log.seed)
    places = data.draw(st.dictionaries(st.sampled_from([*gaps(log)]), st.integers(0, 2**40)))
    beside = {place: data.draw(st.lists(st.sampled_from(BESIDE), max_size=4)) for place in places}
    assert told(judge(lab, with_company(log, places, beside))) == told(judge(lab, log))


@pytest.mark.parametrize("slug", SOLVED)
def test_what_another_container_does_takes_nothing_back(slug: str) -> None:
    """It starts just after each look, and ends during the next."""
    log, entries = SOLVED[slug], list[Entry]()
    lab = load(slug).drawn(log.seed)
    for entry in log.entries:
        if isinstance(entry, Look):
            entries += [happened("container/die", entry.at, "other", "other")]
            entries += [happened("container/create", entry.at + 1, "another", "another"), entry]
            entries += [happened("container/start", entry.until + 1, "another", "another")]
        else:
            entries.append(entry)
    assert told(judge(lab, replace(log, entries=tuple(entries)))) == told(judge(lab, log))


def told(report: Report) -> list[object]:
    """How each step came out, and when it was done."""
    return [(step.id, step.outcome, step.done_at, [check.outcome for check in step.checks]) for step in report.steps]


@pytest.mark.parametrize("slug", SOLVED)
def test_every_lab_has_commands_that_make_several_events(slug: str) -> None:
    assert judge(load(slug).drawn(SOLVED[slug].seed), SOLVED[slug]).outcome is Outcome.PASS
    assert len([*gaps(SOLVED[slug])]) >= {"start-here": 1, "push-and-pull": 8}.get(slug, 1)


@given(st.sampled_from([*SOLVED, "race"]), st.data())
def test_wherever_looks_fall_into_a_command_the_report_is_the_same(name: str, data: st.DataObject) -> None:
    log = answering(RACE, "1") if name == "race" else SOLVED[name]
    lab = load(log.lab).drawn(log.seed)
    masks = data.draw(st.dictionaries(st.sampled_from([*gaps(log)]), st.integers(0, 2**40)))
    assert judge(lab, with_looks(log, masks)) == judge(lab, log)


@pytest.mark.parametrize("slug", SOLVED)
def test_a_look_that_saw_the_end_before_it_came_completes_nothing(slug: str) -> None:
    log, lab = SOLVED[slug], load(slug).drawn(SOLVED[slug].seed)
    for place in gaps(log):
        known = 2 if is_told(log, place) else 3
        early = replace(log, entries=with_looks(log, {place: 2**40 - 1}).entries[: place + known])
        before = replace(log, entries=log.entries[:place])
        assert [step.done for step in judge(lab, early).steps] == [step.done for step in judge(lab, before).steps]
