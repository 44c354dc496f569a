"""What a registry holds, in HTML: a drawing, the same as tables, and every manifest as it is, byte for byte.

A digest is a link to what it holds. A notebook that is not trusted strips the drawing; the tables say all of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from labcheck.contents import Blob, Contents, Held, Repository
from labcheck.render.markup import LEFT, SHORT, heads, section, table
from labcheck.render.printable import prose, sentence, visible
from labcheck.render.registry_picture import picture
from labcheck.render.registry_wording import anchor, counted, described, short, size

FOLDED = "<details><summary>{heading}</summary>\n{inner}</details>\n"
RAW = """\
<details id="{anchor}"><summary><code>{digest}</code>: {about}</summary>
<pre style="overflow-wrap: anywhere; white-space: pre-wrap"><code>{text}</code></pre>
</details>
"""
LONGEST = 20_000
"""Letters of a manifest that are shown."""
DIGEST = re.compile(r"sha(?:256|384|512):[0-9a-f]{64,128}")


def drawn(contents: Contents) -> str:
    """The registry for every reader; the same contents give the same bytes."""
    return _section(contents, "".join(_parts(contents).values()))


def live(contents: Contents) -> str:
    """The same on a page that answers: each part has a name, so that only what changes is redrawn."""
    parts = _parts(contents).items()
    return _section(contents, "".join(f'<div data-part="{name}">\n{html}</div>\n' for name, html in parts))


def announced(before: Contents, after: Contents) -> str:
    """What has changed, in a sentence to be read aloud."""
    if after.trouble:
        return sentence(after.trouble) if after.trouble != before.trouble else ""
    names, known = _names(after), _names(before)
    new = [name for name in names if names[name] != known.get(name)]
    gone = [name for name in known if name not in names]
    if before.trouble:
        return f"{prose(after.domain)} answers: {counted(after)}"
    told = [("Pushed", new), ("Gone", gone)]
    return " ".join(sentence(f"{word}: {', '.join(which)}") for word, which in told if which)


def _names(contents: Contents) -> dict[str, str]:
    return {f"{it.name}:{tag.name}": tag.digest for it in contents.repositories for tag in it.tags}


def _section(contents: Contents, inner: str) -> str:
    return section(escape(f"Registry {prose(contents.domain)}"), inner, "labcheck-registry")


def _parts(contents: Contents) -> dict[str, str]:
    heading = f"<p><strong>{escape(visible(contents.domain))}</strong>"
    if contents.trouble:
        told = f" <strong>could not look</strong>: {escape(sentence(contents.trouble))}</p>\n"
        return {"overview": heading + told, "picture": "", "tables": "", "held": ""}
    held = "".join(_raw(held, contents) for held in contents.held.values() if held.text)
    return {
        "overview": f"{heading} holds {escape(counted(contents))}</p>\n",
        "picture": picture(contents) if contents.held else "",
        "tables": _folded("The same as tables", _tables(contents)) if contents.repositories else "",
        "held": f"<p>What each digest holds, byte for byte:</p>\n{held}" if held else "",
    }


def _folded(heading: str, inner: str) -> str:
    return FOLDED.format(heading=heading, inner=inner)


def _tables(contents: Contents) -> str:
    rows = "".join(row for repository in contents.repositories for row in _rows(repository, contents))
    layers = "".join(_layer(blob, owners, contents) for blob, owners in contents.layers.values())
    names = table(
        heads(("Repository", "Tag", "Digest", "What it is", "Size with layers")), rows, "What the names lead to"
    )
    if not layers:
        return names
    return names + table(heads(("Digest", "Size", "In")), layers, "Layers and files, each kept once")


def _rows(repository: Repository, contents: Contents) -> Iterable[str]:
    name, listed = escape(visible(repository.name)), set[str]()
    if repository.trouble:
        yield _row(name, "", "", f"could not look: {escape(sentence(repository.trouble))}", "")
    elif not repository.tags:
        yield _row(name, "no tags", "", "", "")
    for tag in repository.tags:
        held = contents.held.get(tag.digest)
        if held is None:
            yield _row(name, escape(visible(tag.name)), "", f"could not look: {escape(sentence(tag.trouble))}", "")
            continue
        yield _row(name, escape(visible(tag.name)), *_cells(held, contents))
        inner = () if tag.digest in listed else held.manifests
        listed.add(tag.digest)
        for digest in inner:
            if below := contents.held.get(digest):
                yield _row("", "in it:", *_cells(below, contents))
    if repository.unread:
        yield _row(name, f"and {repository.unread} more tags, which were not read", "", "", "")


def _cells(held: Held, contents: Contents) -> tuple[str, str, str]:
    whole = held.size + sum(blob.size for blob in (held.config, *held.layers) if blob)
    about = f"; about {_link(held.about, contents)}" if held.about else ""
    lacks = ", ".join(short(blob.digest) for blob in held.lacks)
    told = f"; <strong>missing</strong>: {lacks}" if lacks else ""
    amount = "" if held.manifests or not held.text else size(whole)
    return _link(held.digest, contents), f"{escape(described(held))}{about}{told}", amount


def _layer(blob: Blob, owners: tuple[str, ...], contents: Contents) -> str:
    shared = f"shared by {len(owners)}: " if len(owners) > 1 else ""
    told = " (missing)" if blob.is_missing else ""
    return _row(
        f"<code>{short(blob.digest)}</code>{told}",
        size(blob.size),
        shared + ", ".join(_link(owner, contents) for owner in owners),
    )


def _link(digest: str, contents: Contents) -> str:
    held = contents.held.get(digest)
    code = f"<code>{short(digest)}</code>"
    return f'<a href="#{anchor(contents.domain, digest)}">{code}</a>' if held and held.text else code


def _row(*cells: str) -> str:
    return "<tr>" + "".join(f"<td {SHORT if '<code>' in cell else LEFT}>{cell}</td>" for cell in cells) + "</tr>\n"


def _raw(held: Held, contents: Contents) -> str:
    """The manifest byte for byte, but for what is not printable; the digests in it that are here are links, too."""
    cut = held.text[:LONGEST]
    text = "\n".join(escape(visible(line)) for line in cut.split("\n"))
    text = DIGEST.sub(lambda found: _full_link(found[0], held, contents), text)
    if len(held.text) > LONGEST:
        text += f"\n... and {len(held.text) - LONGEST} letters more"
    about = escape(f"{described(held)}, {size(held.size)}")
    return RAW.format(anchor=anchor(contents.domain, held.digest), digest=escape(held.digest), about=about, text=text)


def _full_link(digest: str, owner: Held, contents: Contents) -> str:
    held = contents.held.get(digest)
    is_link = held is not None and held.text and digest != owner.digest
    return f'<a href="#{anchor(contents.domain, digest)}">{digest}</a>' if is_link else digest
