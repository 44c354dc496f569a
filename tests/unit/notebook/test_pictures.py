"""The notebooks' pictures, as files: each can be read in either theme, by whoever sees it and whoever does not."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from labcheck.notebook.page import parsed, source
from tests.support.places import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
FOLDER = ROOT / "notebooks" / "pictures"
PICTURES = sorted(FOLDER.iterdir())
LARGEST = 8_000
SVG = "{http://www.w3.org/2000/svg}"
SHAPES = {"rect", "circle", "ellipse", "line", "polyline", "polygon", "path", "text", "tspan"}
ELEMENTS = SHAPES | {"svg", "title", "desc", "style", "defs", "marker", "use", "g"}
"""What a drawing needs; nothing that runs, links, or loads anything."""
ELSEWHERE = re.compile(r"@import|@font-face|url\((?!#)|:\s*//|\b(?:javascript|data):")
SHOWN = 600
"""CSS pixels that a picture gets at least: a page of 1280, half of which is the terminal."""
SMALLEST = 11
"""CSS pixels of a letter there."""
ALTERNATIVE = re.compile(r"!\[([^\]]+)\]\((pictures/[^)\s]+)\)")
"""A picture in Markdown: what it shows, in words, and its path."""

pytestmark = pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.name)


def drawn(path: Path) -> ET.Element:
    return ET.parse(path).getroot()  # noqa: S314 - a file of this course


def texts(path: Path, tag: str) -> list[str]:
    return [" ".join("".join(found.itertext()).split()) for found in drawn(path).iter(f"{SVG}{tag}")]


def style(path: Path) -> str:
    return "\n".join(texts(path, "style"))


def test_it_is_a_small_svg(path: Path) -> None:
    assert path.suffix == ".svg"
    assert path.stat().st_size < LARGEST
    assert drawn(path).tag == f"{SVG}svg"


def test_it_has_a_title_and_a_description(path: Path) -> None:
    (title,), (description,) = texts(path, "title"), texts(path, "desc")
    assert title
    assert len(description) > len(title)


def test_it_draws_and_does_nothing_else(path: Path) -> None:
    for element in drawn(path).iter():
        assert element.tag.removeprefix(SVG) in ELEMENTS
        for name, value in element.attrib.items():
            assert not re.match(r"on|style$|src|\{", name), name
            assert name != "href" or value.startswith("#"), value
            assert not ELSEWHERE.search(value), value
    assert not ELSEWHERE.search(style(path))


def test_it_has_a_background_of_its_own_light_and_dark(path: Path) -> None:
    picture = drawn(path)
    first = next(
        element for element in picture if element.tag.removeprefix(SVG) not in {"title", "desc", "style", "defs"}
    )
    _, _, width, height = map(float, picture.attrib["viewBox"].split())
    assert first.tag == f"{SVG}rect"
    assert {first.attrib["width"], first.attrib["height"]} in ({"100%"}, {f"{width:g}", f"{height:g}"})
    assert "@media (prefers-color-scheme: dark)" in style(path)


def test_its_letters_are_large_enough_beside_the_terminal(path: Path) -> None:
    picture = drawn(path)
    width = float(picture.attrib["viewBox"].split()[2])
    assert picture.attrib["width"] == f"{width:g}"
    inline = "\n".join(
        f"font-size: {element.get('font-size')}" for element in picture.iter() if element.get("font-size")
    )
    sizes = re.findall(r"font(?:-size)?:[^;}]*?([\d.]+)(\w*)", f"{style(path)}\n{inline}")
    assert sizes
    for size, unit in sizes:
        assert unit in {"", "px"}
        assert float(size) * min(1, SHOWN / width) >= SMALLEST, size


def test_a_notebook_shows_it_and_says_in_words_what_it_shows(path: Path) -> None:
    prose = "\n".join(
        source(cell)
        for notebook in NOTEBOOKS
        for cell in parsed(notebook.read_text(encoding="utf-8"))["cells"]
        if cell["cell_type"] == "markdown"
    )
    shown = {picture: alternative for alternative, picture in ALTERNATIVE.findall(prose)}
    assert shown.get(f"pictures/{path.name}"), "No notebook shows it with ![what it shows](pictures/NAME.svg)."
