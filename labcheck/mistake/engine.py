"""Why the engine could not be looked at."""

from __future__ import annotations

from labcheck.check import Check
from labcheck.past import Past
from labcheck.query import ContainerList, ContainerNamed, EngineInfo, ImageList, ImageNamed
from labcheck.snapshot import Unknown
from labcheck.verdict import Outcome


def engine_unknown(check: Check, past: Past) -> Unknown | None:
    """What kept labcheck from looking at the engine, if the check needs it, or ``None``.

    If the engine does not answer at all, that is the reason, whatever else was seen: no command would help.
    """
    if past.saw_all:
        return None
    if isinstance(info := past.now(EngineInfo()), Unknown):
        return info
    of_it = (it for it in check.queries if isinstance(it, ContainerList | ContainerNamed | ImageList | ImageNamed))
    unknown = next((seen for it in of_it if isinstance(seen := past.now(it), Unknown)), None)
    return unknown if unknown and check.judge(past).outcome is Outcome.INCONCLUSIVE else None
