"""The lesson as a learner lives it: the page opens, commands are typed in its terminal, the checks turn to done."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from labcheck.lab import load
from tests.browser.jupyterlab import JupyterLab, Notebook
from tests.live.course import Course

LAB = load("push-and-pull")
ASKED = ".jp-Dialog, .Toastify__toast"
TERMINAL = "%%terminal\n"
EXERCISE = "exercise:"
ANSWERS = {"catalog": '"httpd, nginx"', "images-left": "1", "why-one-stays": '"in-use"'}


def test_it_opens_on_the_start_page_with_a_terminal_beside_it(
    course: Course, page: Page, folder: Path, tmp_path: Path
) -> None:
    page.goto(course.address)
    notebook = Notebook(page, folder / "00-start-here.ipynb")
    expect(notebook.shown.get_by_role("heading", name="Start here")).to_be_visible()
    expect(page.locator(".jp-Terminal:visible")).to_have_count(1)
    page.wait_for_timeout(1000)
    assert page.locator(ASKED).count() == 0
    page.screenshot(path=tmp_path / "start.png")
    page.locator(".jp-Terminal:visible").click()  # so that it is in front, whatever JupyterLab opens meanwhile
    JupyterLab(page, folder).types("docker pull busybox:latest", by_key=True)
    notebook.run(notebook.number('labcheck.open("start-here")'))
    assert "Done: " in notebook.run(notebook.number('lab.check("pull")'))
    page.screenshot(path=tmp_path / "first-tick.png")


def test_a_cell_that_fails_says_what_its_message_means(page: Page, folder: Path, tmp_path: Path) -> None:
    notebook = Notebook(page, folder / "00-start-here.ipynb")
    number = notebook.number('lab.check("pull")')
    said = notebook.run(number, typing=f"{TERMINAL}docker push localhost:5000/nginx")
    notebook.cell(number).locator(".jp-OutputArea-output").last.scroll_into_view_if_needed()
    page.screenshot(path=tmp_path / "failed.png")
    long = f"{TERMINAL}echo {'word ' * 100}"
    notebook.run(number, typing=long)
    width = notebook.cell(number).locator(".cm-scroller").evaluate("it => [it.scrollWidth, it.clientWidth]")
    assert width[0] <= width[1], "a long command is cut off"
    assert "labcheck: The command failed with exit code 1." in said
    assert "(push-of-no-image)" in said
    assert "docker image tag nginx localhost:5000/nginx" in said


def test_the_practice_with_its_commands_in_a_terminal_opened_by_a_click(
    page: Page, folder: Path, tmp_path: Path
) -> None:
    jupyterlab = JupyterLab(page, folder)
    notebook = jupyterlab.open_notebook("03-push-and-pull.ipynb")
    jupyterlab.open_terminal()
    page.screenshot(path=tmp_path / "terminal.png")
    checked = []
    for number, cell in enumerate(notebook.cells):
        source = "".join(cell["source"])
        step = next((tag.removeprefix(EXERCISE) for tag in cell["metadata"].get("tags", ()) if EXERCISE in tag), "")
        if cell["cell_type"] != "code":
            continue
        if source.startswith(TERMINAL):
            for command in (commands(step) if step else source.removeprefix(TERMINAL)).splitlines():
                jupyterlab.types(command)
        elif step:
            notebook.run(number, typing=f'lab.answer("{step}", {ANSWERS[step]})')
        else:
            said = notebook.run(number)
            if "lab.check" in source:
                done = f"All {len(LAB.steps)} steps are done" if source == "lab.check()" else "Done: "
                assert done in said, (source, said)
                checked.append(source)
                page.screenshot(path=tmp_path / f"{number:02}.png")
    assert len(checked) == len(LAB.steps) + 1
    page.screenshot(path=tmp_path / "all-done.png")


def commands(step: str) -> str:
    """What the learner is to find out: the solution's last line, which the one before showed for another image."""
    return LAB.step(step).solution.strip().splitlines()[-1]
