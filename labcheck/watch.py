"""Listen to the engine, look after each event, and say how the lab stands, within a fraction of a second.

One recorder an attempt looks; whoever comes second follows the journal, and takes the place when it becomes free. The
course's recorder looks for all labs at once.
A burst of events (a push makes several) is answered by one more look, not by one each.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack
from functools import partial, reduce
from operator import or_

from labcheck import home
from labcheck.attempt import UNFILED, Attempt
from labcheck.concern import Turns
from labcheck.document import Document
from labcheck.engine import Event
from labcheck.filing import cursors, file
from labcheck.journal import Journal
from labcheck.lab import Lab
from labcheck.log import Head
from labcheck.observe import Cursor, Observer, RegistryCache
from labcheck.plan import plan
from labcheck.progress import EVERY, SELDOM, Moment, together
from labcheck.query import Query
from labcheck.report import Report
from labcheck.sight import Sight

HEARTBEAT = 5.0
"""Seconds between looks when nothing happens: a registry's contents can change without an event from the engine."""
QUIET = 1.0
"""Seconds without an event until the labs that the last ones were not about are looked at, too."""
SETTLE = 0.01
"""Seconds to wait after an event for the next one of the same burst."""
RETRY = 1.0
"""Seconds until the next try if there is no engine to listen to, or another recorder is active."""


def watch(attempt: Attempt, *, until: threading.Event) -> Iterator[Report]:
    """A report immediately, then one after each event or heartbeat, until ``until`` is set."""
    moment = attempt.looked()
    yield attempt.judged(moment)
    while not until.is_set():
        if moment.head.attempt == UNFILED:
            until.wait(RETRY)
            moment = attempt.looked()
            yield attempt.judged(moment)
            continue
        with attempt.journal.recorder(moment.head) as ours:
            for now in _recorded(attempt, moment, until) if ours else _followed(attempt, moment):
                moment = now
                yield attempt.judged(moment)


def record(labs: Sequence[Lab], *, until: threading.Event) -> Generator[list[Moment]]:
    """File what happens in all of these labs, until ``until`` is set.

    What any of them is about may be named. One look serves all labs of which an event names something; another one
    serves the others, once nothing has happened for a moment. After each comes how the labs stand that it served.
    """
    import hashlib  # noqa: F401, PLC0415 - for what goes on for hours, digests are computed faster (labcheck.digest)

    plans = [plan(lab) for lab in labs]
    subject = reduce(or_, (planned.subject for planned in plans))
    with Journal(home.journal()) as journal, Observer(subject) as observer:
        attempts = [Attempt(lab, journal, observer, planned) for lab, planned in zip(labs, plans, strict=True)]
        while not until.is_set():
            plans = [attempt.plan for attempt in attempts]
            heads = _filed(attempts, journal, Sight(journal, observer, _queries(attempts), None))
            if plans != [attempt.plan for attempt in attempts]:
                continue  # a new attempt draws other values
            yield _standing(attempts, journal, heads)
            first = heads[0]
            if first is None or None in heads:
                until.wait(RETRY)
                continue
            with ExitStack() as held:
                for head in filter(None, heads):
                    held.enter_context(journal.recorder(head))
                cache, turns = RegistryCache(), Turns(len(attempts))
                cursor, patience = cursors(journal, [first])[0], partial(_patience, turns)
                for happened in occasions(observer, cursor, cache, until, patience):
                    places = turns.after([attempt.plan.subject for attempt in attempts], happened)
                    turn = [attempts[place] for place in places]
                    now = _filed(turn, journal, Sight(journal, observer, _queries(turn), cache))
                    yield _standing(turn, journal, now, SELDOM if happened else EVERY)
                    if now != [heads[place] for place in places]:
                        break


def _patience(turns: Turns) -> float:
    return HEARTBEAT if turns.are_all_seen else QUIET


def _queries(attempts: Sequence[Attempt]) -> frozenset[Query]:
    """What any of them wants to look at now."""
    return frozenset[Query]().union(*(attempt.queries() for attempt in attempts))


def _filed(attempts: Sequence[Attempt], journal: Journal, sight: Sight) -> list[Head | None]:
    filed = file([attempt.asking for attempt in attempts], journal, sight)
    return [each.head for each in filed]


def _standing(
    attempts: Sequence[Attempt], journal: Journal, heads: Sequence[Head | None], every: int = EVERY
) -> list[Moment]:
    """How each lab stands that has an attempt; what is not filed, because the disk is full, is not in it."""
    found = zip(attempts, heads, strict=True)
    return together(journal, [(attempt.progress, head) for attempt, head in found if head is not None], every)


def _recorded(attempt: Attempt, moment: Moment, until: threading.Event) -> Iterator[Moment]:
    """The attempt after each event, until the event stream ends or a new attempt starts."""
    cache = RegistryCache()
    for _ in occasions(attempt.observer, cursors(attempt.journal, [moment.head])[0], cache, until):
        now = attempt.looked(cache)
        yield now
        if now.head != moment.head:
            return


def occasions(  # noqa: PLR0913 - what decides when to look
    observer: Observer,
    cursor: Cursor,
    cache: RegistryCache,
    until: threading.Event,
    patience: Callable[[], float] = lambda: HEARTBEAT,
    *,
    to_any_event: bool = False,
) -> Iterator[Sequence[Event]]:
    """Each occasion to look: these events, or nothing for a while; until the event stream ends.

    ``patience`` is for how many seconds. The cache hears every event. Events that the observer's subject is not about
    are an occasion only ``to_any_event``, and not among those that are told.
    """
    heard, silent = threading.Event(), threading.Event()
    told: deque[Document] = deque()

    def hear(event: Document) -> None:
        cache.hear(event)
        if to_any_event:
            heard.set()

    # The stream is closed with the block, so that a recorder that continues with the next attempt leaks no thread.
    with observer.listening(cursor, hear) as listening:

        def listen() -> None:
            for event in listening.documents():
                told.append(event)
                heard.set()
            silent.set()
            heard.set()

        threading.Thread(target=listen, daemon=True).start()
        while not until.is_set() and not silent.is_set():
            has_heard = heard.wait(patience())
            if has_heard:
                until.wait(SETTLE)
                heard.clear()
            happened = [Event(told.popleft()) for _ in range(len(told))]
            if happened or not has_heard or to_any_event or silent.is_set():
                yield happened
    until.wait(RETRY)


def _followed(attempt: Attempt, moment: Moment) -> Iterator[Moment]:
    """The attempt whenever another process has filed something; ends after a while, to try for the recorder's place."""
    journal, head = attempt.journal, moment.head
    if journal.wait(head, moment.filed, RETRY):
        newer = journal.current(head.lab, head.engine)
        yield attempt.progress.now(newer) if newer else attempt.looked()
