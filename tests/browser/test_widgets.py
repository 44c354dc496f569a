"""What there is to look at beside the checklist, in both themes: the name explorer, and a registry, drawn."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from labcheck.wait import repeat
from tests.browser.jupyterlab import JupyterLab, Notebook
from tests.live import pushing
from tests.live.course import Course

TIME = re.compile(r"(?<!\d)\d\d:\d\d(?!\d)")


def live(notebook: Notebook) -> Locator:
    return notebook.shown.locator(".labcheck-live[data-live=yes]:has(.labcheck-explorer)")


def stored(path: Path, number: int) -> str:
    """What the saved notebook has below this cell, of what is compared; nothing while it is being written."""
    try:
        cell = json.loads(path.read_text(encoding="utf-8"))["cells"][number]
    except json.JSONDecodeError:
        return ""
    return json.dumps([output.get("data", {}) for output in cell.get("outputs", [])])


def test_a_name_is_taken_apart_as_one_types_it_also_while_a_cell_runs(
    course: Course, page: Page, folder: Path, tmp_path: Path
) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(course.address)
    notebook = JupyterLab(page, folder).open_notebook("03-push-and-pull.ipynb")
    number = notebook.number('labcheck.open("')
    notebook.run(number, typing="import labcheck\nlabcheck.explorer()")
    explorer = live(notebook)
    expect(explorer).to_contain_text("https://registry-1.docker.io/v2/library/nginx/manifests/latest")
    page.screenshot(path=tmp_path / "explorer.png")
    busy = notebook.number('lab.check("start-registry")')
    with notebook.running(busy):
        box = explorer.get_by_label("Name of an image")
        box.scroll_into_view_if_needed()
        box.fill("")
        box.press_sequentially("localhost:5000/Team")
        expect(explorer).to_contain_text("must be lowercase")
    expect(box).to_be_focused()
    page.screenshot(path=tmp_path / "refused.png")
    explorer.get_by_role("button", name="localhost:5000/team").click()
    expect(box).to_have_value("localhost:5000/team")
    expect(box).to_be_focused()
    expect(explorer).to_contain_text("Pulled from this machine")
    box.press("End")
    box.press_sequentially("/app:1")
    expect(explorer.get_by_role("status")).to_have_text("In full: localhost:5000/team/app:1")
    explorer.get_by_role("button", name="123456789012").click()
    expect(explorer).to_contain_text("account 123456789012, region eu-west-1")
    page.screenshot(path=tmp_path / "account.png")


def test_a_registry_is_drawn_anew_as_things_are_pushed(page: Page, folder: Path, tmp_path: Path) -> None:
    notebook = Notebook(page, folder / "03-push-and-pull.ipynb")
    jupyterlab = JupyterLab(page, folder)
    number = notebook.number("docker run -d")
    notebook.run(number, typing='import labcheck\nlabcheck.registry("localhost:5000")')
    registry = notebook.shown.locator(".labcheck-live[data-live=yes]:has(.labcheck-registry)")
    expect(registry).to_contain_text("could not look")
    jupyterlab.types("docker run -d --name my-registry -p 5000:5000 registry:2")
    expect(registry).to_contain_text("holds 0 repositories")
    jupyterlab.types(
        "for name in nginx httpd; do docker pull -q $name && docker tag $name localhost:5000/$name && "
        "docker push -q localhost:5000/$name; done"
    )
    expect(registry.locator("svg")).to_contain_text("httpd")
    jupyterlab.types(f"{sys.executable} {pushing.__file__}")
    expect(registry.locator("svg")).to_contain_text("signature")
    expect(registry.get_by_role("status")).to_contain_text("Pushed:")
    registry.scroll_into_view_if_needed()
    page.screenshot(path=tmp_path / "registry.png")
    registry.locator("svg a", has_text="index of 1").click()
    held = registry.locator("details[open]", has_text="index of 1")
    expect(held).to_contain_text('"manifests"')
    expect(held.locator("summary")).to_be_focused()
    held.locator("a").first.click()
    expect(registry.locator("details[open]", has_text="image linux/amd64").first).to_contain_text('"layers"')


def test_the_timeline_has_times_on_the_page_and_none_in_what_is_stored(
    page: Page, folder: Path, tmp_path: Path
) -> None:
    notebook = Notebook(page, folder / "03-push-and-pull.ipynb")
    typed = 'import labcheck\nlab = labcheck.open("push-and-pull")\nlab.timeline()'
    number = notebook.number('lab.check("pull")')
    said = notebook.run(number, typing=typed)
    shown = notebook.cell(number).locator(".labcheck-live:has(.labcheck-timeline)")
    expect(shown.locator("tr", has_text="Pushed localhost:5000/httpd:latest")).to_contain_text(TIME)
    assert "Started the container my-registry" in said
    shown.scroll_into_view_if_needed()
    page.screenshot(path=tmp_path / "timeline.png")
    page.keyboard.press("Control+s")
    path = folder / "03-push-and-pull.ipynb"
    kept = repeat(lambda: stored(path, number), lambda saved: "labcheck-timeline" in saved, 30, every=0.1)
    assert "Pushed localhost:5000/httpd:latest" in kept
    assert not TIME.search(kept)


def test_the_picture_of_a_lesson_has_the_colours_of_the_theme(page: Page, folder: Path, tmp_path: Path) -> None:
    notebook = JupyterLab(page, folder).open_notebook("01-image-names.ipynb")
    cell = notebook.cell(notebook.number("pictures/where-docker-looks.svg"))
    cell.scroll_into_view_if_needed()
    picture = cell.locator("img")
    picture.scroll_into_view_if_needed()
    drawn = set()
    for theme in ("Dark", "Light"):
        JupyterLab(page, folder).theme(f"JupyterLab {theme}")
        drawn.add(picture.screenshot(path=tmp_path / f"{theme}.png"))
    assert len(drawn) == 2
    assert picture.evaluate("picture => picture.naturalWidth") > 0
    assert "on this computer" in str(picture.get_attribute("alt"))


def test_a_name_that_a_lesson_asks_for_is_found_and_handed_in_in_the_explorer(
    page: Page, folder: Path, tmp_path: Path
) -> None:
    notebook = Notebook(page, folder / "01-image-names.ipynb")
    notebook.run(notebook.number("labcheck.open("))
    number = notebook.number('lab.explorer("write")')
    notebook.run(number)
    explorer = notebook.cell(number).locator(".labcheck-live[data-live=yes]")
    asked = explorer.locator("form strong").inner_text()
    found = re.search(r"registry (\S+), the namespace (\S+), the repository (\S+) and the tag (\S+)\?", asked)
    assert found
    registry, namespace, repository, tag = found.groups()
    box = explorer.get_by_label("Name of an image")
    box.fill(f"{registry}/{namespace}/{repository}")
    expect(explorer).to_contain_text("tag, filled in")
    box.press("Enter")
    expect(explorer.get_by_role("status")).to_have_text("Not right yet. The tag is missing, so Docker fills in latest.")
    page.screenshot(path=tmp_path / "exercise.png")
    box.press_sequentially(f":{tag}")
    expect(box).to_have_value(f"{registry}/{namespace}/{repository}:{tag}")
    expect(explorer.locator('[data-part="told"]')).to_be_empty()
    explorer.get_by_role("button", name="Hand in").click()
    expect(explorer.get_by_role("status")).to_have_text("Right.")
    said = notebook.run(notebook.number('lab.check("write")'))
    assert "Done: Write a name (1 of 1 points, 2 tries)" in said


def test_a_choice_in_the_checklist_is_sent_once_and_as_an_answer(page: Page, folder: Path) -> None:
    sent: list[str] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(str(frame))))
    notebook = Notebook(page, folder / "01-image-names.ipynb")
    notebook.run(notebook.number("labcheck.open("))
    notebook.run(notebook.number("docker run -d"))
    cell = notebook.cell(notebook.number("labcheck.open("))
    checklist = cell.locator(".labcheck-live[data-live=yes]")
    checklist.scroll_into_view_if_needed()
    checklist.get_by_label("On this computer.").check()
    checklist.get_by_role("button", name="Answer").click()
    expect(checklist.get_by_role("status")).to_contain_text(re.compile(r"Right|Done: Say where"))
    pressed = [frame for frame in sent if frame.startswith('{"do"')]
    assert pressed == ['{"do":"answer","step":"where-first","value":"here"}']
