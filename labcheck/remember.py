"""Fold a look, an event or a gap into the past. Each entry is folded once and never read again."""

from __future__ import annotations

from msgspec.structs import replace

from labcheck.document import text
from labcheck.log import Gap, Happened, Look
from labcheck.name import canonical, parsed
from labcheck.past import GIVING, OTHERS, REMOVALS, REPEATS, Past, Phase, Pruned, Remembered, Told, Untold, is_of
from labcheck.query import BlobAt, Catalog, ImageNamed, StoredAt
from labcheck.snapshot import Absent, Answer, Found


def looked(past: Past, look: Look) -> Past:
    """After a look while no command was running."""
    before, past = past.taught, _rising(past, look.until)
    since = past.at - max(look.until - look.at, 0)
    past = replace(
        past,
        first=past.first or look,
        look=look,
        taught=look,
        looked=past.at,
        untold=Untold(),
        count=past.count + 1,
        seen={**past.seen, **_seen(look, since)},
    )
    for answer in look.snapshot.answers:
        if isinstance(answer.query, ImageNamed):
            past = _imaged(past, answer.query, answer, since)
        elif answer.unknown is None:
            past = _answered(past, answer, before)
    return past


def glanced(past: Past, look: Look) -> Past:
    """After a look into the middle of a command: it shows the current state, but nothing is remembered of it."""
    past = _rising(past, look.until)
    return replace(past, first=past.first or look, look=look, looked=past.at)


def forgot(past: Past, gap: Gap) -> Past:
    """After a gap: the engine has forgotten events."""
    past = _rising(past, gap.at)
    return replace(past, gaps=(*past.gaps, past.at)[-OTHERS:])


def happened(past: Past, entry: Happened) -> Past:  # noqa: PLR0911 - one line for each kind of event
    """After something happened in the engine."""
    event = entry.event
    past = _rising(past, event.at)
    told = Told(past.at, event.kind, event.actor, event.name, event.image)
    pushed = past.newest("image/push", told.reference) if told.kind == "image/push" else None
    past = _kept(past, told)
    match told.kind:
        case "container/start":
            return replace(past, started=past.started | {told.actor})
        case "container/destroy" if told.actor in past.started:
            return replace(past, started=past.started - {told.actor}, ended=True)
        case "image/prune" if past.taught:
            return replace(past, pruned=(*past.pruned, Pruned(past.at, past.taught))[-REPEATS:])
        case "image/tag" | "image/pull":
            return _named(past, told)
        case "image/load" | "image/build":
            untold = past.untold
            return replace(past, untold=replace(untold, loaded=untold.loaded | {told.actor}))
        case "image/push":
            return _pushed(past, told, pushed)
        case kind if kind in REMOVALS:
            return _removed(past, told)
    return past


def _rising(past: Past, time: int) -> Past:
    """At this time, made later than everything before by adding what the clock was set back by."""
    behind = max(past.behind, past.at + 1 - time) if past.at else 0
    return replace(past, at=time + behind, behind=behind)


def _seen(look: Look, since: int) -> dict[Remembered, tuple[int, Answer]]:
    """What the look saw of each thing that is remembered as it was; it began at ``since``."""
    seen: dict[Remembered, tuple[int, Answer]] = {}
    for answer in look.snapshot.answers:
        if answer.found is not None and isinstance(answer.query, Remembered):
            seen[answer.query] = (since, answer)
            if isinstance(answer.query, StoredAt):
                seen |= _by_digest(since, answer, answer.query)
    return seen


def _answered(past: Past, answer: Answer, before: Look | None) -> Past:
    """With what a look says about a thing that is in a registry; ``before`` is the look before it."""
    match answer.query:
        case StoredAt() as query:
            if answer.found is not None:
                past = _naming(past, canonical(query.reference), text(answer.found, "digest"))
            return _vanished(past, query, is_there=answer.found is not None)
        case Catalog() as query if answer.found is not None and query.domain not in past.listed:
            return replace(past, listed={**past.listed, query.domain: query.read(answer.found)})
        case BlobAt() as query:
            return _stored(past, before, query)
    return past


def _imaged(past: Past, query: ImageNamed, answer: Answer, since: int) -> Past:
    """With what a look that began at ``since`` says about an image: that it is here or not, or why that is unknown."""
    name, seen = canonical(query.reference), answer.read(query)
    past = _meaning(past, name, answer)
    if isinstance(seen, Absent):
        return _without(past, name, since, past.at)
    if isinstance(seen, Found) and seen.value.id:
        return _bearing(_appearing(past, name, seen.value.id), name, seen.value.id)
    return past


def _meaning(past: Past, name: str, answer: Answer) -> Past:
    """With what the name means, if that is another thing than before."""
    meant = past.meant.get(name, ())
    if meant and meant[-1] == answer:
        return past
    return replace(past, meant={**past.meant, name: (*meant, answer)[-OTHERS:]})


def _appearing(past: Past, name: str, image: str) -> Past:
    """With a name that is here again: ``docker load`` gives names, and the engine reports only the image's id."""
    phases = past.gone.get(name, ())
    if not phases:
        return past
    gone = phases[-1].last
    known = past.appeared.get(name)
    since = max(
        [known.at if known else 0, *past.gaps[-1:], *(it.at for kind in GIVING if (it := past.newest(kind, name)))]
    )
    if since >= gone:
        return past
    load = past.newest("image/load", image)
    kind = "image/load" if load and load.at > gone else "image"
    return replace(past, appeared={**past.appeared, name: Told(past.at, kind, image, name, "")})


def _stored(past: Past, before: Look | None, query: BlobAt) -> Past:
    """With what the newest look says about a blob; ``before`` is the look before."""
    phases, seen = past.stored.get(query, ()), past.now(query)
    last = before.snapshot.ask(query) if before else Absent()
    goes_on = bool(phases) and isinstance(last, Found) and last.value.has_bytes
    if not isinstance(seen, Found) or not seen.value.has_bytes:
        if not goes_on:
            return past
        ends = (*past.collected.get(query.domain, ()), phases[-1].last)
        return replace(past, collected={**past.collected, query.domain: ends[-REPEATS:]})
    first = phases[-1].first if goes_on else past.count
    phases = (*(phases[:-1] if goes_on else phases), Phase(first, past.count))
    return replace(past, stored={**past.stored, query: phases[-REPEATS:]})


def _vanished(past: Past, query: StoredAt, *, is_there: bool) -> Past:
    """With whether something was found in its registry."""
    if is_there:
        if query not in past.vanished:
            return past
        return replace(past, vanished={it: at for it, at in past.vanished.items() if it != query})
    if query not in past.seen or query in past.vanished:
        return past
    return replace(past, vanished={**past.vanished, query: past.count})


def _by_digest(since: int, answer: Answer, tagged: StoredAt) -> dict[Remembered, tuple[int, Answer]]:
    """The same under its digest, by which it is remembered once its tag names something else."""
    named = parsed(tagged.reference)
    if named is None or named.digest:
        return {}
    query = StoredAt(f"{named.name}@{text(answer.found, 'digest')}")
    return {query: (since, Answer(query, found=answer.found))}


def _kept(past: Past, told: Told) -> Past:
    """With the event. Only the newest few are kept of each kind and thing, and few of what is not the lab's."""
    subject = told.actor if told.kind in REMOVALS else told.reference or told.name or told.actor
    things = dict(past.happened.get(told.kind, {}))
    things[subject] = (*things.pop(subject, ()), told)[-REPEATS:]
    if len(things) > OTHERS:
        others = [thing for thing in things if thing not in past.ours]
        for thing in others[: max(len(others) - OTHERS, 0)]:
            del things[thing]
    return replace(past, happened={**past.happened, told.kind: things})


def _named(past: Past, told: Told) -> Past:
    """After an image was given a name."""
    untold = past.untold
    if told.kind == "image/pull":
        return replace(past, untold=replace(untold, pulls=_counted(untold.pulls, told.actor)))
    past = replace(past, untold=replace(untold, tags=untold.tags + 1))
    return _bearing(past, told.reference, told.actor) if told.reference in past.ours else past


def _pushed(past: Past, told: Told, before: Told | None) -> Past:
    """After a push. If the name meant another image at the one before, nobody may ever see what that brought."""
    given = max((it.at for kind in GIVING if (it := past.newest(kind, told.reference))), default=0)
    loads = past.events("image/load")
    given = max([given, *(it.at for it in loads[-1:])])
    if before is None or given < before.at or past.last_seen(StoredAt(told.reference)) >= before.at:
        return past
    return replace(past, overlooked=past.overlooked | {told.reference})


def _removed(past: Past, told: Told) -> Past:
    """After an image lost a name or was deleted: which of the lab's names are gone."""
    if told.kind == "image/untag":
        past = replace(past, untold=replace(past.untold, lost=_counted(past.untold.lost, told.actor)))
    for name in past.meant:
        named = told.reference == name and bool(name)
        went = told.kind == "image/delete" and told.actor in past.ids.get(name, ())
        if named or went or (told.kind == "image/untag" and _has_lost_all(past, name, told.actor)):
            past = _without(past, name, told.at)
    return past


def _has_lost_all(past: Past, name: str, image: str) -> bool:
    """Whether the image has lost as many names as it had, including this one.

    The image itself may stay because a container or another image uses it. The engine reports which image lost a name,
    not which name.
    """
    answers = past.taught.snapshot.answers if past.taught else ()
    had = next((answer.read(answer.query) for answer in answers if is_of(answer.query, name)), Absent())
    if not isinstance(had, Found) or had.value.id != image or image in past.untold.loaded:
        return False
    pulls = sum(times for actor, times in past.untold.pulls.items() if actor not in had.value.names)
    return past.untold.lost.get(image, 0) >= len(had.value.names) + past.untold.tags + pulls


def _bearing(past: Past, name: str, image: str) -> Past:
    """With an image that had the name."""
    known = past.ids.get(name, frozenset())
    return past if image in known else replace(past, ids={**past.ids, name: known | {image}})


def _naming(past: Past, name: str, digest: str) -> Past:
    """With a digest that the name stood for in its registry."""
    known = past.named.get(name, ())
    if not digest or digest in known[-1:]:
        return past
    return replace(past, named={**past.named, name: (*known, digest)[-REPEATS:]})


def _without(past: Past, name: str, *times: int) -> Past:
    """The name does not exist at these times; the same period of absence as before, unless it was given in between."""
    phases = past.gone.get(name, ())
    last = phases[-1].last if phases else 0
    here = [told.at for kind in GIVING if (told := past.newest(kind, name))]
    images = [(it, at) for it, (at, _) in past.seen.items() if at > last and isinstance(it, ImageNamed)]
    here += [at for it, at in images if canonical(it.reference) == name]
    since = max(here, default=0)
    for at in times:
        if phases and phases[-1].last >= since:
            phases = (*phases[:-1], Phase(phases[-1].first, max(at, phases[-1].last)))
        else:
            phases = (*phases, Phase(at, at))[-REPEATS:]
    return replace(past, gone={**past.gone, name: phases})


def _counted(counts: dict[str, int], key: str) -> dict[str, int]:
    return {**counts, key: counts.get(key, 0) + 1}
