"""The words for what a registry holds, which its drawing, its tables and its text share."""

from __future__ import annotations

import re

from labcheck.contents import Contents, Held, Repository
from labcheck.render.printable import prose, sentence, visible

KILO = 1000


def text(contents: Contents) -> str:
    """What the registry holds, as plain text."""
    domain = visible(contents.domain)
    if contents.trouble:
        return f"{domain} could not be looked into: {sentence(contents.trouble)}"
    rows = [f"{domain} holds {counted(contents)}"]
    for repository in contents.repositories:
        rows += [f"  {visible(repository.name)}", *(f"    {row}" for row in _tags(repository, contents))]
    return "\n".join(rows)


def _tags(repository: Repository, contents: Contents) -> list[str]:
    if repository.trouble:
        return [f"could not look: {sentence(repository.trouble)}"]
    rows = []
    for tag in repository.tags:
        held = contents.held.get(tag.digest)
        told = f"{short(held.digest)}  {described(held)}" if held else f"could not look: {sentence(tag.trouble)}"
        rows.append(f"{visible(tag.name)}  {told}")
    return rows + ([f"and {repository.unread} more tags, which were not read"] if repository.unread else [])


def counted(contents: Contents) -> str:
    """How much there is, in a sentence; and what sharing saves."""
    names = sum(len(repository.tags) for repository in contents.repositories)
    blobs = contents.layers.values()
    kept = sum(blob.size for blob, _ in blobs)
    saved = sum(blob.size * (len(owners) - 1) for blob, owners in blobs)
    told = f"{many(len(contents.repositories), 'repository', 'repositories')}, {many(names, 'tag')}, "
    told += f"{many(len(contents.held), 'manifest or index', 'manifests and indexes')}, "
    told += f"{many(len(blobs), 'layer')} of {size(kept)} in all"
    if saved:
        told += f"; layers that are shared are kept once, which saves {size(saved)}"
    unread = (
        f" {many(contents.unread, 'more repository', 'more repositories')} were not read." if contents.unread else ""
    )
    return f"{told}.{unread}"


def described(held: Held) -> str:
    """What it is, with its platform or its type."""
    if held.is_missing:
        return f"{held.kind} {visible(held.platform)}, not here".replace("  ", " ")
    if held.kind == "index":
        return f"index of {len(held.manifests)}"
    known = {"image": held.platform, "artifact": held.artifact_type.removeprefix("application/")}.get(held.kind, "")
    return f"{held.kind} {prose(known)}".rstrip()


def short(digest: str) -> str:
    """The beginning of a digest; safe in HTML, whatever it is."""
    algorithm, _, rest = digest.partition(":")
    return re.sub(r"[^\w:.+-]", "?", f"{algorithm[:10]}:{rest[:12]}")


def anchor(domain: str, digest: str) -> str:
    """The name of the place on the page at which what it holds is shown."""
    return re.sub(r"[^\w-]", "-", f"labcheck-{domain}-{digest}")


def size(number: int) -> str:
    """A number of bytes, as people say it."""
    if number < KILO:
        return f"{number} B"
    amount, units = number / KILO, ["kB", "MB", "GB"]
    while amount >= KILO and len(units) > 1:
        amount, units = amount / KILO, units[1:]
    return f"{amount:.1f} {units[0]}"


def many(number: int, one: str, more: str = "") -> str:
    """So many of them."""
    return f"{number} {one if number == 1 else more or f'{one}s'}"
