"""Replay the log of an attempt, entry by entry: which steps became done and when, and how the others stand.

Each entry is folded once into a :class:`Standing`; nothing is judged twice, and the log is not read a second time. So a
standing can be stored and continued later, with the same result as folding everything at once.

A step is done once a look passed it, at or after the look that completed its prerequisites. A step whose prerequisite
is not done is blocked; if the prerequisite merely could not be observed, it is judged anyway. An answer is judged by
the newest look before it at which the step it asks about held, or else by the first such look after it; an answer that
was right at the first such look stays right.

A look into the middle of a command (:mod:`labcheck.burst`) completes nothing and settles nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

import msgspec
from msgspec.structs import replace

from labcheck import remember
from labcheck.burst import followed, is_torn
from labcheck.check import Check, failed, unseen
from labcheck.lab import Lab, Step
from labcheck.log import Answered, Entry, Gap, Happened, Look, Shown
from labcheck.past import Past
from labcheck.question import Question
from labcheck.snapshot import Found
from labcheck.standing import Given, Share, Standing
from labcheck.verdict import Finding, Outcome

Judging: TypeAlias = Callable[[Check, Finding, Past], Finding]
"""What is made of what a check finds at the newest look."""
MIDDLE = "docker was in the middle of a command; look again"


def start(lab: Lab, began: int) -> Standing:
    """How the lab stands before anybody has looked."""
    return Standing(Past(began, lab.names))


class Looked(msgspec.Struct, frozen=True):
    """How it stood before a look and after it, where that did not fall into the middle of a command."""

    before: Standing
    look: Look
    after: Standing


def replay(lab: Lab, standing: Standing, entries: Sequence[Entry], known: Looked | None = None) -> Standing:
    """How the lab stands after these further entries; what is ``known`` of one of the looks is not computed again."""
    for now in each(lab, standing, entries, known):
        standing = now
    return standing


def concluded(lab: Lab, entries: Sequence[Entry], began: int) -> Standing:
    """How the lab stands in the end, as when all is replayed, except since when what is broken is.

    What decides nothing before the last look is judged only by that one (:func:`each`): that saves most of the judging.
    """
    standing = start(lab, began)
    seen: Past | None = None
    for entry, now in zip(entries, each(lab, standing, entries, is_brief=True), strict=True):
        standing = now
        if isinstance(entry, Look) and not now.torn:
            seen = now.past
    return _judged_last(lab, standing, seen) if seen else standing


def _judged_last(lab: Lab, standing: Standing, seen: Past) -> Standing:
    """With what the last look that was whole says about the steps that are done."""
    done = [step for step in lab.steps if step.checks and step.id in standing.done]
    findings = {step.id: tuple(check.judge(seen) for check in step.checks) for step in done}
    standing = replace(standing, findings={**standing.findings, **findings})
    for step in done:
        standing = _held(standing, step)
    return standing


def each(
    lab: Lab,
    standing: Standing,
    entries: Sequence[Entry],
    known: Looked | None = None,
    *,
    is_brief: bool = False,
) -> Iterator[Standing]:
    """How it stands after each of them; a later one may say that a look fell into the middle of a command.

    Where that is to be brief, a step that is done is not judged again, unless a question that is open asks about it;
    and of one that is not done, no check is judged after one that failed, except by the last look.
    """
    last = max((index for index, entry in enumerate(entries) if isinstance(entry, Look)), default=0) if is_brief else 0
    for index, entry in enumerate(entries):
        is_hasty = index < last
        match entry:
            case Look():
                torn = is_torn(entry, standing.before, _after(standing, entries, index))
                if torn:
                    standing = _glanced(lab, standing, entry, is_hasty=is_hasty)
                elif known and standing is known.before and entry == known.look:
                    standing = known.after if known.after.torn is torn else replace(known.after, torn=torn)
                else:
                    standing = _looked(lab, standing, entry, torn=torn, is_hasty=is_hasty)
            case Happened():
                if _concerns(standing, entry):
                    standing = replace(standing, before=followed(standing.before, entry.event))
                standing = replace(standing, past=remember.happened(standing.past, entry))
            case Gap():
                standing = replace(standing, past=remember.forgot(standing.past, entry))
            case Answered():
                standing = _answered(lab, standing, entry)
            case Shown():
                standing = _helped(standing, entry)
        yield standing


def _helped(standing: Standing, shown: Shown) -> Standing:
    """With this help; a step that is done keeps its points, even if it is played again."""
    if shown.step not in standing.done:
        return replace(standing, shown=(*standing.shown, shown), helped=(*standing.helped, shown))
    return standing if shown.what == "played" else replace(standing, shown=(*standing.shown, shown))


def fold(
    lab: Lab, standing: Standing, entries: Sequence[Entry], known: Looked | None = None
) -> tuple[int, Standing, Standing]:
    """How many of these further entries no later one can change, how the lab stands after those, and how after all.

    A later one can change the newest look, which may be extended, one that may yet turn out to have fallen into the
    middle of a command, and what comes after these.
    """
    newest = next((at for at in reversed(range(len(entries))) if isinstance(entries[at], Look | Happened)), -1)
    count, sure, now = len(entries), None, standing
    for index, then in enumerate(each(lab, standing, entries, known)):
        if sure is None and isinstance(entries[index], Look) and (index == newest or then.torn is None):
            count, sure = index, now
        now = then
    return count, now if sure is None else sure, now


def _after(standing: Standing, entries: Sequence[Entry], index: int) -> Iterator[Entry]:
    later = (entries[at] for at in range(index + 1, len(entries)))
    return (it for it in later if not isinstance(it, Happened) or _concerns(standing, it))


def _concerns(standing: Standing, happened: Happened) -> bool:
    """Whether it can change what a look sees of the lab; events of other containers cannot."""
    event = happened.event
    return event.family != "container" or event.name in standing.past.ours


def _glanced(lab: Lab, standing: Standing, look: Look, *, is_hasty: bool) -> Standing:
    glance = remember.glanced(standing.past, look)
    return _judged(lab, replace(standing, past=glance, torn=True), _in_the_middle, is_hasty=is_hasty)


def _looked(lab: Lab, standing: Standing, look: Look, *, torn: bool | None, is_hasty: bool) -> Standing:
    past = remember.looked(standing.past, look)
    standing = _judged(lab, replace(standing, past=past, torn=torn), _recalled, is_hasty=is_hasty)
    for step in lab.steps:
        if step.question and not (is_hasty and step.id in standing.done):
            standing = _known(standing, step, step.question)
    return standing


def _judged(lab: Lab, standing: Standing, judge: Judging, *, is_hasty: bool) -> Standing:
    """With the steps judged by the newest look, each check once; a torn look completes nothing and breaks nothing."""
    asked = {name for step in lab.steps if _is_open(standing, step) for name in step.after} if is_hasty else set()
    idle = standing.done.keys() - asked if is_hasty else set()
    findings, done = dict(standing.findings), dict(standing.done)
    standing = replace(standing, findings=findings, done=done)  # it is ours alone until it is returned
    for step in lab.steps:
        if step.question or (step.id in done and (standing.torn or step.id in idle)):
            continue
        findings.pop(step.id, None)
        if step.id not in done and standing.blocker(step):
            continue
        if step.id in done:
            findings[step.id] = tuple(check.judge(standing.past) for check in step.checks)
        else:
            found = _found(step, judge, standing.past, is_hasty=is_hasty and not step.partial)
            findings[step.id] = tuple(finding for _, finding in found)
            if step.partial and not standing.torn:
                standing = _shared(standing, step)
            if standing.outcome(step.id) is not Outcome.PASS:
                continue
            done[step.id] = _look(standing).at
            findings[step.id] = tuple(now for now, _ in found)
        standing = _held(standing, step)
    return standing


def _is_open(standing: Standing, step: Step) -> bool:
    """Whether the step asks about something that must hold when it is looked at, and has no right answer yet."""
    return step.question is not None and step.id not in standing.done and bool(step.question.answer.queries)


def _found(step: Step, judge: Judging, past: Past, *, is_hasty: bool) -> list[tuple[Finding, Finding]]:
    """What each check finds now, and what that is judged to be; in haste, nothing after one that failed."""
    found = []
    for check in step.checks:
        now = check.judge(past)
        found.append((now, judge(check, now, past)))
        if is_hasty and found[-1][1].outcome is Outcome.FAIL:
            break
    return found


def _shared(standing: Standing, step: Step) -> Standing:
    """With the checks of this step that hold at the newest look, if that is more than ever."""
    held = sum(it.outcome is Outcome.PASS for it in standing.findings[step.id])
    before = standing.shares.get(step.id, ())
    if held <= (before[-1].held if before else 0):
        return standing
    return replace(standing, shares={**standing.shares, step.id: (*before, Share(_look(standing).at, held))})


def _held(standing: Standing, step: Step) -> Standing:
    """With what the newest look says about a step that is done: since when it does not hold."""
    holds = standing.holds(step.id)
    if holds and step.id not in standing.broken:
        return standing
    if holds:
        return replace(standing, broken={name: at for name, at in standing.broken.items() if name != step.id})
    if holds is False and step.id not in standing.broken:
        return replace(standing, broken={**standing.broken, step.id: _look(standing).at})
    return standing


def _recalled(check: Check, finding: Finding, past: Past) -> Finding:
    """What the engine's events prove for a check that does not pass at the newest look."""
    if finding.outcome is Outcome.PASS:
        return finding
    recalled = check.recall(past)
    return recalled if recalled and recalled.outcome.severity <= finding.outcome.severity else finding


def _in_the_middle(_check: Check, finding: Finding, _past: Past) -> Finding:
    """A check that passes in the middle of a command may not pass at its end."""
    return unseen("a look while no command is running", MIDDLE) if finding.outcome is Outcome.PASS else finding


def _known(standing: Standing, step: Step, question: Question) -> Standing:
    """With the right answer, if the step that the question asks about holds."""
    if all(name in standing.done and standing.holds(name) for name in step.after):
        right = question.answer.answer(standing.past)
        if isinstance(right, Found):
            first, _ = standing.truths.get(step.id, (right.value, right.value))
            standing = replace(standing, truths={**standing.truths, step.id: (first, right.value)})
    return _asked(standing, step, question)


def _answered(lab: Lab, standing: Standing, answer: Answered) -> Standing:
    step = next((step for step in lab.steps if step.id == answer.step), None)
    if step is None or step.question is None:
        return standing
    given = (*standing.answers.get(step.id, ()), Given(answer.at, answer.value))
    return _asked(replace(standing, answers={**standing.answers, step.id: given}), step, step.question)


def _asked(standing: Standing, step: Step, question: Question) -> Standing:
    """With the answers judged as soon as the right one is known. The first right answer counts and stays right."""
    if step.id not in standing.done and standing.blocker(step):
        others = dict(standing.findings)
        return replace(standing, findings=others) if others.pop(step.id, None) else standing
    answers, right = standing.answers.get(step.id, ()), standing.truths.get(step.id)
    is_done = all(name in standing.done for name in step.after)
    if right is None and not question.answer.queries and (answers or is_done):
        right = question.answer.fixed, question.answer.fixed
    if right is not None:
        answers = tuple(it if it.finding else _compared(question, it, *right) for it in answers)
        standing = replace(standing, answers={**standing.answers, step.id: answers})
    good = next((it for it in answers if it.finding and it.finding.outcome is Outcome.PASS), None)
    if good and step.id not in standing.done:
        at = max([good.at, *(standing.done[name] for name in step.after if name in standing.done)])
        standing = replace(standing, done={**standing.done, step.id: at})
    finding = good.finding if good else answers[-1].finding if answers else None
    if finding is None:
        finding = failed(question.wanted, "not answered yet")
        if right is None:
            finding = unseen(question.wanted, "nobody looked in time to know the right answer")
    if standing.findings.get(step.id) == (finding,):
        return standing
    return replace(standing, findings={**standing.findings, step.id: (finding,)})


def _compared(question: Question, it: Given, first: frozenset[str], newest: frozenset[str]) -> Given:
    """The answer, judged: what was right when the step was completed stays right, whatever happened since."""
    then = question.judge(it.value, first)
    return replace(it, finding=then if then.outcome is Outcome.PASS else question.judge(it.value, newest))


def _look(standing: Standing) -> Look:
    assert standing.past.look is not None  # noqa: S101 - for the type checker: a step is judged by a look
    return standing.past.look
