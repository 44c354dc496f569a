"""How people mistype the course's images."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from labcheck.mistake import Facts, explains, facts

OTHER_SLIPS = {
    "nginx": "nginz ngingx ngonx nginx2 engine-x enginx",
    "httpd": "httpds httpb apache apache2",
    "registry": "registery registriy regestry",
}


def _slips(name: str) -> Iterator[str]:
    """How a name comes out if one key is missed, held too long, or two are hit in the other order."""
    for at, letter in enumerate(name):
        yield name[:at] + name[at + 1 :]
        yield name[:at] + letter + name[at:]
        yield name[:at] + name[at + 1 : at + 2] + letter + name[at + 2 :]


MEANT = {slip: name for name, others in OTHER_SLIPS.items() for slip in {*_slips(name), *others.split()} - {name}}
"""How people mistype the course's three images; only for these names a message is certain to be of a slip."""


@explains("image-name-mistyped")
def image_name_mistyped(said: Mapping[str, str]) -> Facts | None:
    """Which name was meant."""
    right = MEANT.get(said["slip"])
    return facts(right=right) if right else None
