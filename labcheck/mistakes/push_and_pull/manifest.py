"""The manifest that a registry does not hold."""

from __future__ import annotations

from collections.abc import Mapping

from labcheck.mistake import Facts, explains, facts
from labcheck.name import domain, parsed
from labcheck.reference import HUB


@explains("manifest-unknown")
def manifest_unknown(said: Mapping[str, str]) -> Facts:
    """What is missing, by its path and tag, and where to look; nothing, where the message has no name that can be read.

    A registry's reply to curl has none: the page reads it alone.
    """
    reference = parsed(said["name"])
    if reference is None:
        return facts()
    where, tag = domain(said["name"]), "" if said["repository"] else reference.tag
    path = reference.path.removeprefix("library/")
    place, shows = ("_catalog", "what is") if said["repository"] else (f"{reference.path}/tags/list", "which tags are")
    return facts(
        hub=where == HUB,
        where=where,
        lacks=f"no {path} with the tag {tag}" if tag else f"nothing called {path}",
        look=f"curl {where}/v2/{place} shows {shows} there." if ":" in where else "",
        latest=tag == "latest",
    )
