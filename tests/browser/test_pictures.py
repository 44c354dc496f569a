"""The notebooks' pictures as a browser draws them, light and dark: every word stands clear, and in contrast."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser

from tests.support.places import ROOT

PICTURES = sorted((ROOT / "notebooks" / "pictures").glob("*.svg"))
CONTRAST = 4.5
"""What WCAG 2.1 asks of text (1.4.3)."""
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
READ = """() => {
  const rgb = colour => colour.match(/[\\d.]+/g).map(Number);
  const light = colour => rgb(colour).slice(0, 3).map(part => part / 255)
    .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
  const contrast = (one, other) => {
    const [more, less] = [light(one), light(other)].sort((a, b) => b - a);
    return (more + 0.05) / (less + 0.05);
  };
  const isSolid = shape => {
    const { fill, fillOpacity } = getComputedStyle(shape);
    return fill !== "none" && fillOpacity === "1" && (rgb(fill)[3] ?? 1) === 1;
  };
  const paper = (x, y) => {
    const below = document.elementsFromPoint(x, y).find(shape => shape instanceof SVGGeometryElement && isSolid(shape));
    return below ? getComputedStyle(below).fill : "rgb(127, 127, 127)";
  };
  const { right, bottom } = document.documentElement.getBoundingClientRect();
  const corners = [1, right - 1].flatMap(x => [1, bottom - 1].map(y => light(paper(x, y))));
  const words = [...document.querySelectorAll("text")].map(text => {
    const { left, top, right, bottom } = text.getBoundingClientRect();
    const below = paper((left + right) / 2, (top + bottom) / 2);
    return { said: text.textContent, left, top, right, bottom, contrast: contrast(getComputedStyle(text).fill, below) };
  });
  return { right, bottom, corners, words };
}"""
"""The picture's size, how light it is in its corners (from 0 to 1), and where each text stands, and how clearly."""
SLACK = 3
"""CSS pixels that lines of text may overlap: a line's box is higher than its letters."""


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.name)
def test_every_word_can_be_read(browser: Browser, path: Path, scheme: Literal["light", "dark"]) -> None:
    page = browser.new_page(viewport={"width": 1000, "height": 1000}, color_scheme=scheme)
    page.goto(path.as_uri())
    seen = page.evaluate(READ)
    page.close()
    words = seen["words"]
    assert words
    assert {light > 0.8 if scheme == "light" else light < 0.1 for light in seen["corners"]} == {True}
    for word in words:
        assert word["contrast"] >= CONTRAST, word
        assert 0 <= word["left"] < word["right"] <= seen["right"], word
        assert 0 <= word["top"] < word["bottom"] <= seen["bottom"], word
    for at, one in enumerate(words):
        for other in words[at + 1 :]:
            across = min(one["right"], other["right"]) - max(one["left"], other["left"])
            down = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
            assert min(across, down) <= SLACK, (one["said"], other["said"])
