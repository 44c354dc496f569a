"""A registry as a drawing: names on the left, what they lead to in the middle, the layers on the right, each once.

It is SVG of our own. It is drawn in the colour of the text around it, so it is right in every theme; what its lines
and bars mean is also said in words. Everything has its place by counting: the same contents give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Final

import msgspec

from labcheck.contents import Blob, Contents, Held
from labcheck.render.printable import prose
from labcheck.render.registry_wording import anchor, described, many, short, size

MOST: Final = 40
"""Boxes in a column; the tables have all of them."""
WIDTH: Final = 720
ROW: Final = 46
BOX: Final = 38
TOP: Final = 30
NAMES: Final = (0, 180)
MANIFESTS: Final = (226, 240)
LAYERS: Final = (522, 198)
"""Where a column begins, and how wide its boxes are."""
INDENT: Final = 20
SIZE: Final = 13
SMALL: Final = 11
LETTERS: Final = 8.0
"""How wide a letter is, on the average and generously."""
DASHES: Final = {"index": "7 3", "image": "", "signature": "2 3", "attestation": "2 3", "SBOM": "2 3"}
SVG: Final = """\
<svg viewBox="0 0 {width} {height}" role="group" aria-label="{label}" xmlns="http://www.w3.org/2000/svg" \
style="display: block; font-family: var(--jp-ui-font-family, sans-serif); font-size: {size}px; max-width: {width}px; \
width: 100%">
{inner}</svg>
"""
ELBOW: Final = '<path d="M {x:g} {y:g} V {v:g} H {u:g}" fill="none" style="stroke: {colour}"/>\n'
LINE: Final = (
    '<path d="M {x} {y} C {a} {y} {b} {v} {u} {v}" fill="none" style="stroke: {colour}; stroke-width: {thick}"/>\n'
)
QUIET: Final = "var(--jp-border-color0, #888)"
LOUD: Final = "var(--jp-brand-color1, #1976d2)"


class Box(msgspec.Struct, frozen=True):
    """A rectangle in the drawing, with one or two lines of text."""

    x: float
    y: float
    wide: float

    @property
    def middle(self) -> float:
        """Half its height down."""
        return self.y + BOX / 2


def picture(contents: Contents) -> str:
    """The registry as a drawing, or nothing where there is nothing to draw."""
    held = _ordered(contents)[:MOST]
    layers = list(contents.layers.values())[:MOST]
    manifests = _manifests(held)
    blobs = {blob.digest: Box(LAYERS[0], TOP + row * ROW, LAYERS[1]) for row, (blob, _) in enumerate(layers)}
    names, tall = _names(contents, manifests)
    drawn = [
        _heading(NAMES, "Names"),
        _heading(MANIFESTS, "Manifests and indexes"),
        _heading(LAYERS, "Layers and files"),
    ]
    drawn += _lines(held, layers, manifests, blobs)
    drawn += [names, *(_manifest(it, manifests[it.digest], contents) for it in held)]
    largest = max((blob.size for blob, _ in layers), default=1) or 1
    drawn += [_layer(blob, owners, blobs[blob.digest], largest) for blob, owners in layers]
    rows = max(len(held), len(layers))
    height = max(tall, TOP + rows * ROW) + _rest(contents, drawn, max(tall, TOP + rows * ROW))
    label = f"Drawing of the registry {prose(contents.domain)}; the tables below say the same"
    return SVG.format(width=WIDTH, size=SIZE, height=f"{height:g}", label=escape(label), inner="".join(drawn))


def _ordered(contents: Contents) -> list[Held]:
    """The manifests in the order of the names that lead to them, but what lies in an index stands below it."""
    below = {digest for it in contents.held.values() for digest in it.manifests}
    found: dict[str, Held] = {}

    def add(held: Held) -> None:
        if held.digest not in found:
            found[held.digest] = held
            for digest in held.manifests:
                if inner := contents.held.get(digest):
                    add(inner)

    for held in contents.held.values():
        if held.digest not in below:
            add(held)
    return list(found.values())


def _manifests(held: list[Held]) -> dict[str, Box]:
    """Where each manifest is drawn: what lies in an index is set in below it."""
    below = {digest for it in held for digest in it.manifests}
    places = {}
    for row, it in enumerate(held):
        inset = INDENT if it.digest in below else 0
        places[it.digest] = Box(MANIFESTS[0] + inset, TOP + row * ROW, MANIFESTS[1] - inset)
    return places


def _names(contents: Contents, manifests: dict[str, Box]) -> tuple[str, float]:
    """The repositories with their tags, each with its line to what it names; and how far down they reach."""
    drawn, y, count = [], float(TOP), 0
    for repository in contents.repositories:
        if count >= MOST:
            break
        drawn.append(_text(NAMES[0], y + 15, _fitting(repository.name, NAMES[1]), bold=True))
        y += 22
        if repository.trouble or not repository.tags:
            drawn.append(_text(12, y + 14, "could not look" if repository.trouble else "no tags", small=True))
            y += 22
        for tag in repository.tags[: MOST - count]:
            count += 1
            box = Box(12, y, NAMES[1] - 12)
            told = "" if tag.digest else ", not seen"
            drawn.append(_rectangle(box, 26))
            drawn.append(_text(box.x + 8, y + 17, _fitting(f":{tag.name}{told}", box.wide)))
            if target := manifests.get(tag.digest):
                drawn.append(_line(box.x + box.wide, y + 13, target.x, target.middle))
            y += 32
        y += 8
    return "".join(drawn), y


def _lines(
    held: list[Held], layers: list[tuple[Blob, tuple[str, ...]]], manifests: dict[str, Box], blobs: dict[str, Box]
) -> Iterable[str]:
    """From an index down to its manifests, and from each manifest to its layers; thick where a layer is shared."""
    for it in held:
        for digest in it.manifests:
            if inner := manifests.get(digest):
                start = manifests[it.digest]
                x = start.x + INDENT / 2
                yield ELBOW.format(x=x, y=start.y + BOX, v=inner.middle, u=inner.x, colour=QUIET)
    for blob, owners in layers:
        for owner in owners:
            if box := manifests.get(owner):
                end = blobs[blob.digest]
                yield _line(box.x + box.wide, box.middle, end.x, end.middle, is_shared=len(owners) > 1)


def _manifest(held: Held, box: Box, contents: Contents) -> str:
    told = f"{short(held.digest)}, {f'about {short(held.about)}' if held.about else size(held.size)}"
    inner = (
        _rectangle(box, BOX, DASHES.get(held.kind, "4 2"))
        + _text(box.x + 8, box.y + 16, _fitting(described(held), box.wide), bold=True)
        + _text(box.x + 8, box.y + 31, _fitting(told, box.wide * SIZE / SMALL), small=True)
    )
    if not held.text:
        return f"<g>{inner}</g>\n"
    return f'<a href="#{anchor(contents.domain, held.digest)}">\n{inner}</a>\n'


def _layer(blob: Blob, owners: tuple[str, ...], box: Box, largest: int) -> str:
    shared = f", shared by {len(owners)}" if len(owners) > 1 else ""
    told = f"{size(blob.size)}{shared}{', missing' if blob.is_missing else ''}"
    long = max(2.0, (box.wide - 16) * blob.size / largest)
    return (
        _rectangle(box, BOX, "2 3" if blob.is_missing else "")
        + _text(box.x + 8, box.y + 15, told, bold=bool(shared))
        + _text(box.x + 8, box.y + 27, short(blob.digest), small=True)
        + f'<rect x="{box.x + 8:g}" y="{box.y + 31:g}" width="{long:.1f}" height="3" style="fill: {LOUD}"/>\n'
    )


def _rest(contents: Contents, drawn: list[str], y: float) -> float:
    """Say what was left out, below all; how much room that takes."""
    tags = sum(len(repository.tags) for repository in contents.repositories)
    left = [
        many(number - MOST, word, more)
        for number, word, more in (
            (tags, "tag", ""),
            (len(contents.held), "manifest", ""),
            (len(contents.layers), "layer", ""),
        )
        if number > MOST
    ]
    if not left:
        return 4.0
    drawn.append(_text(0, y + 16, f"Not drawn: {', '.join(left)} more. The tables have them."))
    return 24.0


def _heading(column: tuple[int, int], told: str) -> str:
    return _text(column[0], 16, told, small=True)


def _rectangle(box: Box, tall: float, dashes: str = "") -> str:
    line = f"; stroke-dasharray: {dashes}" if dashes else ""
    return (
        f'<rect x="{box.x + 1:g}" y="{box.y:g}" width="{box.wide - 2:g}" height="{tall:g}" rx="4" '
        f'style="fill: var(--jp-layout-color1, none); stroke: currentColor{line}"/>\n'
    )


def _line(x: float, y: float, u: float, v: float, *, is_shared: bool = False) -> str:
    half = (x + u) / 2
    colour, thick = (LOUD, 2.5) if is_shared else (QUIET, 1.2)
    return LINE.format(
        x=f"{x:g}", y=f"{y:g}", a=f"{half:g}", b=f"{half:g}", u=f"{u:g}", v=f"{v:g}", colour=colour, thick=thick
    )


def _text(x: float, y: float, told: str, *, bold: bool = False, small: bool = False) -> str:
    style = (
        "fill: currentColor" + ("; font-weight: bold" if bold else "") + (f"; font-size: {SMALL}px" if small else "")
    )
    return f'<text x="{x:g}" y="{y:g}" style="{style}">{escape(told)}</text>\n'


def _fitting(told: str, wide: float) -> str:
    """As much of the text as has room."""
    shown, room = prose(told), int((wide - 16) / LETTERS)
    return shown if len(shown) <= room else f"{shown[: room - 1]}…"
