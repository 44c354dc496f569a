"""A name taken apart, in HTML: its parts with a word and a line under each, what Docker filled in, where it leads.

If Docker refuses a name, the reason is shown instead of the parts, with what to write. As in all outputs of a notebook,
everything is said in words, and only lines are coloured, never text.
"""

from __future__ import annotations

from html import escape

import msgspec

from labcheck.errors import InvalidReference
from labcheck.loopback import is_local
from labcheck.provider import host_of, provider
from labcheck.reference import HUB, HUB_API, Reference
from labcheck.render.markup import LEFT, SHORT, heads, section, table
from labcheck.render.printable import prose, visible
from labcheck.render.reference import Reading, is_library_filled, parts

TYPED = """\
<p><label>Name of an image: <input type="text" size="50" name="value" data-do="typed" value="{name}" \
autocomplete="off" autocapitalize="none" spellcheck="false"></label>{beside}</p>
"""
INSTANCES = "<p>For instance: {tries}</p>\n"
EXERCISE = """\
<form data-do="answer" data-step="{step}">
<p><strong>{ask}</strong></p>
{typed}</form>
"""
HAND_IN = ' <button type="submit" name="hand-in">Hand in</button>'
TRY = '<button type="button" data-do="try" data-value="{name}">{name}</button>\n'
TRIES = (
    "nginx",
    "localhost:5000/nginx",
    "ghcr.io/astral-sh/uv:latest",
    "123456789012.dkr.ecr.eu-west-1.amazonaws.com/app:1.0",
    "myhost/app",
    "MyApp",
)
PIECE = """\
<span style="display: inline-block; margin: 0 0 0.5em; vertical-align: top"><code style="border-bottom: 3px {line}; \
font-size: 115%; padding: 0 0.1em 0.1em">{text}</code><br><small>{told}</small></span>"""
LINES = {
    "registry": "solid var(--jp-info-color1, #0288d1)",
    "namespace": "dashed var(--jp-success-color1, #388e3c)",
    "repository": "double var(--jp-success-color1, #388e3c)",
    "tag": "solid var(--jp-warn-color1, #f57c00)",
    "digest": "dotted var(--jp-error-color1, #d32f2f)",
}
KIND = "labcheck-explorer"
LABEL = "Name explorer"
VALUE = 'style="overflow-wrap: anywhere; text-align: left; vertical-align: top"'


class Exercise(msgspec.Struct, frozen=True):
    """A name to be found: the step that asks for it, its question, and what came of what was handed in."""

    step: str
    ask: str
    told: str = ""


class Piece(msgspec.Struct, frozen=True):
    """A part of the name in full, with what stands before it, and whether Docker filled it in."""

    kind: str
    text: str
    before: str = ""
    is_filled: bool = False


def explored(reading: Reading) -> str:
    """What Docker reads in the name, for every reader; the same name gives the same bytes."""
    return section(LABEL, _result(reading), KIND)


def live(reading: Reading, first: str, exercise: Exercise | None = None) -> str:
    """The same on a page that answers: with a box to type in, which began with the ``first`` name.

    With an exercise it has no names to try, and a button to hand in the one that stands in the box.
    """
    typed = TYPED.format(name=escape(visible(first)), beside=HAND_IN if exercise else "")
    if exercise:
        typed = EXERCISE.format(step=escape(exercise.step), ask=escape(prose(exercise.ask)), typed=typed)
    else:
        typed += INSTANCES.format(tries="".join(TRY.format(name=escape(name)) for name in TRIES))
    told = f"<p>{escape(prose(exercise.told))}</p>\n" if exercise and exercise.told else ""
    parts = {"typed": typed, "told": told, "read": _result(reading, mends=exercise is None)}
    return section(LABEL, "".join(f'<div data-part="{name}">\n{html}</div>\n' for name, html in parts.items()), KIND)


def announced(reading: Reading) -> str:
    """What Docker reads in the name, in a sentence to be read aloud."""
    result = reading.result
    if isinstance(result, InvalidReference):
        return prose(str(result)) if reading.text.strip() else ""
    return f"In full: {result.with_default_tag().canonical}"


def pieces(text: str, reference: Reference) -> list[Piece]:
    """The name in full, piece by piece, the tag that ``docker pull`` fills in with it."""
    first = text.partition("/")[0]
    is_typed = first in {reference.domain, "index.docker.io"} and "/" in text
    found = [Piece("registry", reference.domain, is_filled=not is_typed)] if reference.domain else []
    namespace, slash, repository = reference.path.rpartition("/")
    if slash:
        before = "/" if found else ""
        found.append(Piece("namespace", namespace, before, is_filled=is_library_filled(text, reference)))
    found.append(Piece("repository", repository, "/" if found else ""))
    full = reference.with_default_tag()
    if full.tag:
        found.append(Piece("tag", full.tag, ":", is_filled=reference.tag is None))
    if full.digest:
        found.append(Piece("digest", full.digest, "@"))
    return found


def whence(reference: Reference) -> str:
    """Where Docker asks for it, in a sentence."""
    if not reference.domain:
        return "Docker finds no registry in this name, and cannot pull it."
    full, host = reference.with_default_tag(), HUB_API if reference.domain == HUB else reference.domain
    target = f"{host}/v2/{full.path}/manifests/{full.digest or full.tag}"
    kept = provider(reference.domain)
    where = f"Pulled from {kept.name}" if kept else f"Pulled from the registry at {reference.domain}"
    if is_local(host_of(reference.domain)):
        return f"{where}, over HTTPS, or over HTTP where that fails: {target}"
    return f"{where}: https://{target}"


def _result(reading: Reading, *, mends: bool = False) -> str:
    text, result = reading.text, reading.result
    if isinstance(result, InvalidReference):
        return _refused(text, result, mends=mends)
    name = "".join(
        f"{piece.before and f'<code>{piece.before}</code>'}{_piece(piece)}" for piece in pieces(text, result)
    )
    rows = "".join(
        f'<tr><th scope="row" {SHORT}>{label}</th><td {VALUE}><code>{escape(visible(value))}</code></td>'
        f"<td {LEFT}>{escape(visible(note))}</td></tr>\n"
        for label, value, note in parts(text, result)
    )
    told = f"<p>{name}</p>\n<p>{escape(visible(whence(result)))}</p>\n"
    return told + table(heads(("Part", "Value", "Note")), rows)


def _piece(piece: Piece) -> str:
    told = f"{piece.kind}, filled in" if piece.is_filled else piece.kind
    return PIECE.format(line=LINES[piece.kind], text=escape(visible(piece.text)), told=told)


def _refused(text: str, refusal: InvalidReference, *, mends: bool) -> str:
    if not text:
        return "<p>Type the name of an image, as after <code>docker pull</code>.</p>\n"
    sentence = str(refusal).removesuffix(refusal.remedy).rstrip()
    remedy = escape(prose(refusal.remedy))
    if mends and refusal.mended:
        remedy = f"Write: {TRY.format(name=escape(visible(refusal.mended)))}"
    return f"<p><strong>✗ Docker refuses this name.</strong></p>\n<p>{escape(prose(sentence))}</p>\n<p>{remedy}</p>\n"
