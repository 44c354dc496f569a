"""No mistakes: what is worth knowing of a step that is done."""

from __future__ import annotations

from labcheck.check import Check
from labcheck.checks import ContainerAbsent
from labcheck.diagnosis import Diagnosis, Explanation
from labcheck.mistakes.rerun import is_anonymous
from labcheck.past import Past
from labcheck.query import ContainerNamed
from labcheck.verdict import Fix


def _volume_left_behind(check: Check, past: Past) -> Explanation | None:
    was = past.last_found(ContainerNamed(check.name)) if isinstance(check, ContainerAbsent) else None
    if was is None or not any(is_anonymous(name) for name, _ in was.volumes):
        return None
    return Explanation(
        f"{was.name} kept its data in a volume without a name, and docker rm leaves that behind. With -v it goes, too.",
        Fix(advice="docker volume ls lists what is left, and docker volume rm NAME removes it."),
    )


DIAGNOSES = (
    Diagnosis(
        "volume-left-behind",
        "A note: docker rm leaves the container's volume behind.",
        _volume_left_behind,
        is_note=True,
    ),
)
