"""The page that judges without an installation: its gradebook is the command's, for everything that was recorded."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from labcheck.grade import Job, Rules, Source, grade
from labcheck.grade.output import Output
from labcheck.grade.output import write as written
from labcheck.grade.page.write import write
from labcheck.lab import slugs
from labcheck.submission import Learner, Submission
from labcheck.submission_file import encode
from tests.browser.test_shown import found
from tests.support import recorded
from tests.support.pyodide import pyodide

PATIENCE = 300_000
"""Milliseconds: Python starts in some seconds, but not on a busy machine."""
GRADED_AT = re.compile(r'"graded_at":"[^"]*"')


def handed_in(folder: Path) -> tuple[Path, ...]:
    """Everything that was recorded, each as somebody's; and a file that is no submission."""
    folder.mkdir()
    for name in recorded.ATTEMPTS:
        log = recorded.log(name)
        submission = Submission(Learner(name, f"<i>{name}"), log.entries[-1].at, {log.lab: ""}, (log,))
        (folder / f"{name}.labcheck").write_bytes(encode(submission))
    (folder / "broken.labcheck").write_bytes(b"no submission")
    return tuple(sorted(folder.iterdir()))


@pytest.mark.skipif(shutil.which("npm") is None, reason="Pyodide is fetched by npm")
def test_it_judges_everything_that_was_recorded_as_the_command_does(browser: Browser, tmp_path: Path) -> None:
    files = handed_in(tmp_path / "class")
    with grade(Job(files=files, labs=tuple(map(Source.of, slugs())), rules=Rules(), at=1)) as book:
        written(book, Output(tmp_path / "out"))
    write(tmp_path / "page.html", pyodide(), slugs())
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.partition(":")[0]))
    page.goto((tmp_path / "page.html").as_uri())
    status = page.get_by_role("status")
    expect(status).to_have_text("Ready.", timeout=PATIENCE)
    page.get_by_label("Drop submissions here").set_input_files(files)
    expect(status).to_have_text(f"{len(files) - 1} graded, 1 not gradable.", timeout=PATIENCE)
    with page.expect_download() as download:
        page.get_by_role("link", name="gradebook.json").press("Enter")
    ours, theirs = (path.read_text() for path in (tmp_path / "out/gradebook.json", download.value.path()))
    assert GRADED_AT.sub("", theirs) == GRADED_AT.sub("", ours)
    expect(page.locator("#refused li")).to_have_text(re.compile("^not gradable: broken.labcheck: "))
    page.get_by_label("Learner:").select_option(label="<i>solved (solved)")
    shown = page.frame_locator("#page")
    expect(shown.get_by_text("19 of 19 points, attempt 1.")).to_be_visible()
    expect(shown.get_by_text("Named an image localhost:5000/nginx:latest").first).to_be_attached()
    expect(page.frame_locator("#book").get_by_role("status")).to_contain_text(f"of {len(files) - 1} learners")
    assert {*asked} <= {"file", "blob", "data"}
    assert found(page, "main > h1", "#drop", "#results") == []
    page.screenshot(path=tmp_path / "page.png")
    page.close()
