"""The checklist as a learner sees it: what is typed in a terminal ticks on the page, mistakes are explained there."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from labcheck import classroom
from labcheck.log import Happened
from labcheck.submission_file import decode
from tests.browser.jupyterlab import JupyterLab, Notebook, brought_to_front
from tests.live.course import Course
from tests.support.wall import running

OPEN = 'labcheck.open("'
LIVE = ".labcheck-live[data-live=yes]"
BESIDE = f".labcheck-beside:visible {LIVE}"
IDLE = ".jp-NotebookPanel:visible .jp-Notebook-ExecutionIndicator[data-status=idle]"
NONE = (
    "The notebook in front has no lab open."
    " A lesson's checklist comes here when you run its cell with labcheck.open(...)."
)

SHOWS = """bar => new MutationObserver(() => (window.shown ||= !bar.hidden)).observe(bar, {attributes: true})"""
"""Keeps in mind whether the bar was shown, however briefly."""


def opened(page: Page, folder: Path, name: str) -> tuple[JupyterLab, Notebook, Locator]:
    """The notebook with its first cells run, and its checklist."""
    jupyterlab = JupyterLab(page, folder)
    notebook = jupyterlab.open_notebook(name)
    notebook.run(notebook.number(OPEN))
    expect(notebook.shown.locator(LIVE)).to_be_visible()
    checklist = page.locator(BESIDE)
    expect(checklist).to_be_visible()
    return jupyterlab, notebook, checklist


def stands_clear(checklist: Locator) -> None:
    """The question is within its frame, and the second line of a choice is not below its button."""
    legend, frame = (checklist.locator(part).bounding_box() for part in ("legend", "fieldset"))
    assert legend
    assert frame
    assert frame["y"] < legend["y"]
    checklist.evaluate("list => list.style.width = '12em'")
    choices = checklist.locator("fieldset label").evaluate_all(
        """labels => labels.map(label => {
             const text = document.createRange();
             text.selectNodeContents(label.lastElementChild);
             const button = label.querySelector("input").getBoundingClientRect();
             return [button.right, ...[...text.getClientRects()].map(line => line.left)];
           })"""
    )
    checklist.evaluate("list => list.style.width = ''")
    assert max(map(len, choices)) > 2, "no choice took two lines"
    assert all(button <= line for button, *lines in choices for line in lines)


def row(checklist: Locator, title: str) -> Locator:
    return checklist.locator("ol li", has_text=title)


def test_what_is_typed_in_a_terminal_ticks_while_a_cell_runs(
    course: Course, page: Page, folder: Path, tmp_path: Path
) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(course.address)
    jupyterlab, notebook, checklist = opened(page, folder, "03-push-and-pull.ipynb")
    expect(row(checklist, "Start a registry")).to_contain_text("next")
    page.screenshot(path=tmp_path / "opened.png")
    jupyterlab.open_terminal()
    with notebook.running(notebook.number('lab.check("start-registry")')):
        jupyterlab.types("docker run -d --name my-registry -p 5000:5000 registry:2")
        expect(checklist).to_contain_text("Expected")
        expect(checklist).to_contain_text("restart")
        page.screenshot(path=tmp_path / "mistake.png")
        jupyterlab.types("docker update --restart=always my-registry")
        expect(row(checklist, "Start a registry")).to_contain_text("done")
        expect(checklist.get_by_role("status")).to_contain_text("Done: Start a registry on port 5000.")
        page.screenshot(path=tmp_path / "ticked.png")


def test_a_button_hands_in_what_was_done(page: Page, folder: Path, tmp_path: Path) -> None:
    checklist = page.locator(BESIDE)
    checklist.get_by_role("button", name="Hand in").click()
    expect(checklist.get_by_role("status")).to_contain_text("Hand in push-and-pull.labcheck")
    page.screenshot(path=tmp_path / "handed-in.png")
    (log,) = decode((folder / "push-and-pull.labcheck").read_bytes()).logs
    assert log.lab == "push-and-pull"
    assert any(isinstance(entry, Happened) for entry in log.entries)


def test_after_a_reload_it_stands_where_it_stood_and_goes_on(page: Page, folder: Path, tmp_path: Path) -> None:
    page.locator(IDLE).wait_for()
    expect(page.locator(".lm-DockPanel .jp-mod-dirty")).to_have_count(0)
    page.reload()
    checklist = page.locator(BESIDE)
    expect(row(checklist, "Start a registry")).to_contain_text("done")
    page.screenshot(path=tmp_path / "reloaded.png")
    JupyterLab(page, folder).types("docker pull nginx && docker pull httpd")
    expect(row(checklist, "Pull nginx and httpd")).to_contain_text("done")


def test_whoever_wants_to_is_on_the_class_s_wall_and_stops_it_by_a_click(
    course: Course, page: Page, folder: Path, tmp_path: Path
) -> None:
    made = classroom.new([("ann", "Ann"), ("bob", "Bob")])
    classroom.write(made, tmp_path / "class.json")
    checklist, jupyterlab = page.locator(BESIDE), JupyterLab(page, folder)
    assert "This hub's wall" not in checklist.inner_text()
    with running(tmp_path / "class.json") as wall:
        jupyterlab.types(f"labcheck join {made.learners[0].code} && labcheck share {wall.address}")
        expect(checklist).to_contain_text(f"Your class's wall at 127.0.0.1:{wall.port} shows which step you are at.")
        assert wall.shows("1 working · 1 not here yet"), wall.text()
        assert re.search(r"Push and pull through a private registry .*Step 3 of 10: .*Ann", wall.text()), wall.text()
        checklist.get_by_role("button", name="Raise your hand").press("Enter")
        expect(checklist.get_by_role("button", name="Lower your hand")).to_be_focused()
        page.screenshot(path=tmp_path / "on-a-wall.png")
        assert wall.shows("1 asks for help · 1 not here yet")
        checklist.get_by_role("button", name="Stop").click()
        expect(checklist).not_to_contain_text("Your class's wall")
        assert wall.shows("2 not here yet")
    answer = course.get("/labcheck/where")
    assert answer["where"]["lab"] == "push-and-pull"
    expect(checklist).to_contain_text("This hub's wall shows which step you are at.")


def test_the_kernel_may_be_restarted(page: Page, folder: Path, tmp_path: Path) -> None:
    page.locator('.jp-NotebookPanel:visible [data-command="notebook:restart-kernel"]').click()
    page.get_by_role("button", name="Confirm Kernel Restart").click()
    page.locator(IDLE).wait_for()
    checklist = page.locator(BESIDE)
    JupyterLab(page, folder).types("docker tag nginx localhost:5000/nginx && docker tag httpd localhost:5000/httpd")
    expect(row(checklist, "Give both images")).to_contain_text("done")
    checklist.get_by_role("button", name="Hint 1 of 2").click()
    expect(checklist).to_contain_text("Hint 1: docker push takes the new name.")
    checklist.get_by_role("button", name="Hint 2 of 2").press("Enter")
    expect(checklist.get_by_role("button", name="Show the solution")).to_be_focused()
    checklist.get_by_role("button", name="Show the solution").press("Enter")
    expect(checklist.locator("code").last).to_contain_text("docker push localhost:5000/httpd:latest")
    page.screenshot(path=tmp_path / "restarted.png")


def test_questions_are_answered_by_clicks_and_keys(page: Page, folder: Path, tmp_path: Path) -> None:
    checklist = page.locator(BESIDE)
    jupyterlab = JupyterLab(page, folder)
    jupyterlab.types("docker push localhost:5000/nginx && docker push localhost:5000/httpd")
    names = checklist.get_by_label("Which repositories does the catalog list?")
    names.fill("nginx")
    names.press("Enter")
    expect(checklist).to_contain_text("You pushed more than one image.")
    names.fill("nginx, httpd")
    checklist.get_by_role("button", name="Answer").click()
    expect(row(checklist, "List what your registry holds")).to_contain_text("done")
    jupyterlab.types("docker image prune -a -f")
    checklist.get_by_label("How many images are left?").fill("1")
    checklist.get_by_role("button", name="Answer").click()
    checklist.get_by_label("It is an official image").check()
    stands_clear(checklist)
    page.screenshot(path=tmp_path / "question.png")
    checklist.get_by_role("button", name="Answer").click()
    expect(checklist).to_contain_text("Official images are removed like any other.")
    checklist.get_by_label("A container uses it.").check()
    checklist.get_by_role("button", name="Answer").click()
    expect(row(checklist, "Say why one image stays")).to_contain_text("done")


def test_whoever_is_lost_goes_to_a_step_and_keeps_what_was_earned(page: Page, folder: Path, tmp_path: Path) -> None:
    checklist = page.locator(BESIDE)
    checklist.get_by_role("button", name="Go to a step").click()
    group = checklist.get_by_role("group", name="Go to a step")
    expect(group).to_contain_text("container my-registry")
    expect(group.get_by_role("button", name="Keep everything")).to_be_focused()
    page.screenshot(path=tmp_path / "goto.png")
    group.get_by_role("button", name="Keep everything").press("Enter")
    expect(checklist.get_by_role("button", name="Go to a step")).to_be_focused()
    checklist.get_by_role("button", name="Go to a step").press("Enter")
    group.get_by_label("Step:").select_option("Stop and remove the registry")
    checklist.get_by_label("Working").evaluate(SHOWS)
    group.get_by_role("button", name="Remove these and go there").click()
    expect(checklist.get_by_role("status")).to_contain_text("Here begins: Stop and remove the registry.")
    expect(checklist.get_by_role("progressbar", name="Working")).to_be_hidden()
    assert page.evaluate("window.shown"), "nothing moved while it was played"
    expect(row(checklist, "Pull both images back")).to_contain_text("0 of 3 points, played for you")
    expect(row(checklist, "Push both images")).to_contain_text("3 of 3 points")
    page.screenshot(path=tmp_path / "gone.png")
    JupyterLab(page, folder).types("docker inspect my-registry localhost:5000/nginx >/dev/null")


def test_a_reset_says_what_it_removes_and_asks(page: Page, folder: Path, tmp_path: Path) -> None:
    checklist = page.locator(BESIDE)
    checklist.get_by_role("button", name="Reset this lab").click()
    group = checklist.get_by_role("group", name="Reset this lab")
    expect(group).to_contain_text("container my-registry")
    expect(group.get_by_role("button", name="Keep everything")).to_be_focused()
    page.screenshot(path=tmp_path / "reset.png")
    group.get_by_role("button", name="Keep everything").press("Enter")
    expect(group).to_have_count(0)
    checklist.get_by_role("button", name="Reset this lab").press("Enter")
    group.get_by_role("button", name="Remove these").click()
    expect(row(checklist, "Start a registry")).to_contain_text("next")
    JupyterLab(page, folder).types('test -z "$(docker ps --all --quiet)"')


def test_a_lesson_that_is_opened_from_the_terminals_side_opens_among_the_lessons(page: Page, folder: Path) -> None:
    page.locator(".jp-Terminal:visible").last.click()
    JupyterLab(page, folder).unfold("02-private-registries.ipynb")
    lessons = page.locator(".lm-DockPanel-tabBar", has_text="03-push-and-pull")
    tab = lessons.locator(".lm-TabBar-tab", has_text="02-private")
    expect(tab).to_be_visible()
    shown = page.locator(".jp-NotebookPanel:visible")
    expect(shown).to_have_count(1)
    expect(page.locator(".jp-Terminal:visible")).to_have_count(1)
    brought_to_front(page, "03-push-and-pull")


def test_beside_a_notebook_that_has_no_lab_open_there_is_no_other_s_checklist(
    page: Page, folder: Path, tmp_path: Path
) -> None:
    jupyterlab, beside = JupyterLab(page, folder), page.locator(".labcheck-beside:visible")
    tabs = page.locator(".lm-DockPanel .lm-TabBar-tab")
    for name in ("90-for-instructors", "02-private"):
        jupyterlab.unfold(f"{name}.ipynb")
        expect(tabs.filter(has_text=name)).to_have_class(re.compile("lm-mod-current"))
        expect(beside).to_have_text(NONE)
        page.screenshot(path=tmp_path / f"{name}.png")
        brought_to_front(page, "03-push-and-pull")
        expect(row(page.locator(BESIDE), "Start a registry")).to_be_visible()
    brought_to_front(page, "02-private")
    expect(page.locator(".lm-DockPanel .jp-mod-dirty")).to_have_count(0)
    page.reload()
    expect(beside).to_have_text(NONE)
    brought_to_front(page, "03-push-and-pull")
    expect(row(page.locator(BESIDE), "Start a registry")).to_be_visible()


def test_the_next_lesson_is_one_press_away_and_the_checklist_is_that_of_the_lesson_in_front(
    page: Page, folder: Path, tmp_path: Path
) -> None:
    brought_to_front(page, "00-start-here")
    notebook = Notebook(page, folder / "00-start-here.ipynb")
    notebook.run(notebook.number(OPEN))
    checklist = page.locator(BESIDE)
    expect(row(checklist, "Pull a first image")).to_contain_text("next")
    page.screenshot(path=tmp_path / "joined.png")
    checklist.get_by_role("button", name="Next lesson").press("Enter")
    expect(
        page.locator(".jp-NotebookPanel:visible").get_by_role("heading", name="Names of images").first
    ).to_be_visible()


def test_it_goes_on_after_the_engine_was_started_again(page: Page, folder: Path) -> None:
    jupyterlab = JupyterLab(page, folder)
    # An engine that was asked to end still answers for a moment: the next one is waited for.
    jupyterlab.types("old=$(pidof dockerd); kill $old; while test -e /proc/$old; do sleep 0.1; done")
    jupyterlab.types("until docker info >/dev/null 2>&1; do sleep 0.2; done; docker pull busybox")
    brought_to_front(page, "00-start-here")
    expect(row(page.locator(BESIDE), "Pull a first image")).to_contain_text("done")
