"""From the engine's event to the tick on the page, in a browser, while a cell keeps the kernel busy: ``ticks()``.

A real course is opened, its page is looked at by Chromium, and a container's restart policy is changed to and fro: a
step of the practice lab breaks and is done again each time. The engine says when it did that, and the page when the
step's row changed; both clocks are the machine's.
"""

from __future__ import annotations

import os
import re
import shutil
import statistics
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, expect, sync_playwright

from labcheck.home import home
from tests.browser.jupyterlab import JupyterLab
from tests.live.course import Course, Typed, opened, start

ROUNDS = 30
SPACED = 0.5
"""Seconds between two changes."""
BUSY = "import time; time.sleep(300)"
WATCH = """() => {
    window.ticks = [];
    const list = document.querySelector(".labcheck-beside .labcheck-live");
    const state = () => list.querySelector("ol li").className;
    let last = state();
    new MutationObserver(() => {
        const now = state();
        if (now !== last) window.ticks.push(performance.timeOrigin + performance.now());
        last = now;
    }).observe(list, {childList: true, subtree: true, characterData: true, attributes: true});
}"""
CHANGE = f"docker update --restart={{policy}} my-registry; sleep {SPACED}"
EVENTS = "docker events --since {since} --until $(date +%s) --filter event=update --format '{{{{.TimeNano}}}}'"


def ticks() -> list[float]:
    """Milliseconds from each event to its tick, the shortest first; infinite where none came before the next event."""
    with TemporaryDirectory() as place, opened(start(prepared(Path(place)))) as (course, process):
        with sync_playwright() as playwright, course.terminal() as terminal:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
            )
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            page.set_default_timeout(60_000)
            expect.set_options(timeout=60_000)
            measured = _measured(course, page, terminal, Path(place) / "notebooks")
            browser.close()
        process.terminate()
        process.wait(timeout=30)
    return measured


def prepared(place: Path) -> Path:
    """A home of its own, which only borrows the cache of images; the folder of its notebooks."""
    own = place / "home"
    own.mkdir()
    (own / "images").symlink_to(home() / "images")
    os.environ |= {"LABCHECK_HOME": str(own), "LABCHECK_IMAGES": "course"}
    return place / "notebooks"


def _measured(course: Course, page: Page, terminal: Typed, folder: Path) -> list[float]:
    page.goto(course.address)
    notebook = JupyterLab(page, folder).open_notebook("03-push-and-pull.ipynb")
    notebook.run(notebook.number("labcheck.open("))
    terminal.types("docker run -d --name my-registry -p 5000:5000 --restart=always registry:2")
    row = page.locator(".labcheck-beside:visible .labcheck-live ol li").first
    expect(row).to_contain_text("done")
    notebook.begin(notebook.number('lab.check("start-registry")'), typing=BUSY)
    page.evaluate(WATCH)
    since = terminal.types("date +%s").split()[-1]
    for policy in ("no", "always") * ROUNDS:
        terminal.types(CHANGE.format(policy=policy))
    told = terminal.types(EVENTS.format(since=since))
    happened = sorted(int(at) / 1e6 for at in re.findall(r"^\d{19}$", told, re.MULTILINE))
    seen: list[float] = page.evaluate("window.ticks")
    ends = [*happened[1:], float("inf")]
    return sorted(
        min((tick - event for tick in seen if event <= tick < end), default=float("inf"))
        for event, end in zip(happened, ends, strict=True)
    )


if __name__ == "__main__":
    milliseconds = ticks()
    p95 = milliseconds[len(milliseconds) * 95 // 100]
    print(f"from the engine's event to the tick on the page, {len(milliseconds)} events while a cell runs:")
    print(f"median {statistics.median(milliseconds):.0f} ms, 95th percentile {p95:.0f} ms; at most 150 ms is promised")
