"""The course, opened: its page, kernels and terminals through the relay, and the recorder."""

from __future__ import annotations

import json
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path

import pytest
import websocket

from labcheck.engine import COURSE_LABEL
from labcheck.home import home
from labcheck.sandbox.outside import status
from tests.live.course import Course, opened, report, start, ticks

LAB = "push-and-pull"
ELSEWHERE = "tcp://127.0.0.1:1"
BASHRC = f"""
export DOCKER_HOST={ELSEWHERE} DOCKER_CONTEXT=mine DOCKER_CONFIG=/nowhere
export http_proxy=http://127.0.0.1:1 NO_PROXY=example.org no_proxy=example.org
alias docker='echo an alias'
curl() {{ echo a function; }}
PATH=/usr/bin:/bin
sleep 0.5  # as many a one does that asks a version manager
echo this is my own
"""
LESSON = (
    ("docker run -d --name my-registry -p 5000:5000 --restart=always registry:2", "", "start-registry"),
    ("docker pull nginx:latest", "", ""),
    ("docker pull httpd:latest", "", "pull"),
    ("docker image tag nginx:latest localhost:5000/nginx:latest", "", ""),
    ("docker image tag httpd:latest localhost:5000/httpd:latest", "", "tag"),
    ("docker push localhost:5000/nginx:latest", "", ""),
    ("docker push localhost:5000/httpd:latest", "", "push"),
    ("curl -X GET localhost:5000/v2/_catalog", "", ""),
    (f"labcheck answer {LAB} catalog httpd nginx", "", "catalog"),
    ("docker image prune -a", "y", "prune"),
    ("docker image ls", "", ""),
    (f"labcheck answer {LAB} images-left 1", "", "images-left"),
    (f"labcheck answer {LAB} why-one-stays in-use", "", "why-one-stays"),
    ("docker pull localhost:5000/nginx", "", ""),
    ("docker pull localhost:5000/httpd", "", "pull-back"),
    ("docker stop my-registry", "", ""),
    ("docker rm my-registry", "", "remove-registry"),
)
"""The original lesson's commands, to the letter: what is typed, what its question is answered, the step then done."""


@pytest.fixture(scope="module", autouse=True)
def _a_home(tmp_path_factory: pytest.TempPathFactory, _own_home: None) -> Iterator[None]:
    """A home for these tests, with a ``.bashrc`` that leads elsewhere."""
    own = tmp_path_factory.mktemp("learner")
    (own / ".bashrc").write_text(BASHRC, encoding="utf-8")
    (own / "course").mkdir()
    (own / "course/images").symlink_to(home() / "images")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(own))
        patch.setenv("LABCHECK_HOME", str(own / "course"))
        yield


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("notebooks") / "made by start"


@pytest.fixture(scope="module")
def course(folder: Path) -> Iterator[Course]:
    """A course that several tests use; at the end it is asked to end."""
    with opened(start(folder)) as (course, process):
        yield course
        process.terminate()
        assert process.wait(timeout=240) == 0
        assert process.stdout is not None
        assert "The course is closed" in process.stdout.read()


def test_the_page_is_there_for_whoever_has_the_token(course: Course, folder: Path) -> None:
    address, page = course.get("/")
    assert "/lab/tree/00-start-here.ipynb" in address
    assert "JupyterLab" in page
    assert {entry["name"] for entry in course.get("/api/contents")["content"]} >= {
        "00-start-here.ipynb",
        "03-push-and-pull.ipynb",
    }
    assert (folder / "00-start-here.ipynb").is_file()
    with pytest.raises(urllib.error.HTTPError, match="403"):
        course.get("/api/contents", token="another")  # noqa: S106 - no password
    assert course.get("/api/kernelspecs")["default"] == "python3"


def test_the_page_is_on_loopback_and_answers_under_no_other_name(course: Course) -> None:
    host, _, port = course.server.partition(":")
    assert host == "127.0.0.1"
    with socket.socket() as other, pytest.raises(ConnectionRefusedError):
        other.connect(("127.0.0.2", int(port)))
    asked = urllib.request.Request(f"http://{course.server}/api/contents?token={course.token}")
    asked.add_header("Host", f"elsewhere.example:{port}")
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(asked, timeout=20)  # noqa: S310 - ours


def test_a_page_of_another_site_reads_nothing_with_the_learners_cookie(course: Course) -> None:
    """Browsers send a cookie to whatever port of this machine a page asks, so a site of another user's has it, too."""
    jar = CookieJar()
    browser = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(jar))
    browser.open(course.address, timeout=20).close()
    cookie = "; ".join(f"{one.name}={one.value}" for one in jar)
    kernel = course.post("/api/kernels")["id"]
    for path in (f"/labcheck/live?lab={LAB}", "/labcheck/course", f"/api/kernels/{kernel}/channels"):
        url = f"ws://{course.server}{path}"
        websocket.create_connection(url, cookie=cookie, origin=f"http://{course.server}", timeout=20).close()
        with pytest.raises(websocket.WebSocketBadStatusException, match="403"):
            websocket.create_connection(url, cookie=cookie, origin="http://127.0.0.1:1", timeout=20)
    for body in (None, b"{}"):
        asked = urllib.request.Request(f"http://{course.server}/api/contents", data=body)
        asked.add_header("Origin", "http://127.0.0.1:1")
        with pytest.raises(urllib.error.HTTPError, match=r"40[34]"):
            browser.open(asked, timeout=20)


def test_a_kernel_is_in_the_sandbox(course: Course) -> None:
    said = course.run(
        "import labcheck, subprocess\n"
        "print(subprocess.run(['docker', 'info', '-f', '{{.Labels}}'], capture_output=True, text=True).stdout)\n"
        f"print(labcheck.open('{LAB}').check('start-registry'))"
    )
    (sandbox,) = status()
    assert f"{COURSE_LABEL}={sandbox.id}" in said
    assert "Start a registry" in said
    assert report(LAB).attempt == 1


def test_a_terminal_reads_the_bashrc_and_stays_with_the_courses_engine(course: Course) -> None:
    (sandbox,) = status()
    with course.terminal() as typed:
        assert "this is my own" not in typed.types("true"), "that was said before"
        assert f"{COURSE_LABEL}={sandbox.id}" in typed.types("docker info -f '{{.Labels}}'")
        assert "nothing" in typed.types("echo ${DOCKER_HOST-nothing}")
        assert "http://127.0.0.1:1" in typed.types("echo $http_proxy"), "the .bashrc was read"
        assert "example.org,localhost" in typed.types("echo $NO_PROXY")
        assert "JUPYTER_TOKEN=" not in typed.types("env")


def test_the_original_lesson_in_a_terminal_with_every_step_recorded(course: Course) -> None:
    before = report(LAB)
    assert [step.id for step in before.steps if step.done] == []
    with course.terminal() as typed:
        for command, answer, step in LESSON:
            printed = typed.types(command, answering=answer)
            if command.startswith("curl"):
                assert json.loads(printed.splitlines()[0]) == {"repositories": ["httpd", "nginx"]}
            assert not step or ticks(LAB, step), (command, report(LAB))
    after = report(LAB)
    assert after.points == after.max_points
    assert after.attempt == before.attempt


def test_a_second_start_says_where_the_first_is(course: Course, folder: Path) -> None:
    again = subprocess.run(start(folder), capture_output=True, text=True, timeout=240, check=False)
    assert (again.returncode, again.stdout) == (2, "")
    assert again.stderr.startswith(f"labcheck: The course is open already: {course.address}\n")
    with course.terminal() as typed:
        assert "This is the course's own terminal" in typed.types("! labcheck start")
