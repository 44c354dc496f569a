"""The terminals of the course take part: the next prompt tells what became done, and what a message means."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pytest

from labcheck.home import home
from tests.live.course import Course, Typed, opened, start, ticks

LAB = "push-and-pull"
READY = "ready> "
RUN = "docker run -d --name my-registry -p 5000:5000 --restart=always registry:2"
TICK = f"\x1b[32mDone: Start a registry on port 5000 ({LAB}, 1 of "
UNKNOWN = "docker push localhost:5001/nginx:latest"
CONTROL = re.compile(r"\x1b\[[0-9]*[ABK]")
"""How docker's progress goes up and down, and draws over itself."""


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory, _own_home: None) -> Iterator[Course]:
    own = tmp_path_factory.mktemp("learner")
    (own / ".bashrc").write_text(f"PS1='{READY}'\nHISTCONTROL=ignoreboth\n", encoding="utf-8")
    (own / "course").mkdir()
    (own / "course/images").symlink_to(home() / "images")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(own))
        patch.setenv("LABCHECK_HOME", str(own / "course"))
        with opened(start(tmp_path_factory.mktemp("notebooks") / "here")) as (course, process):
            yield course
            process.terminate()
            assert process.wait(timeout=240) == 0


@pytest.fixture
def typed(course: Course) -> Iterator[Typed]:
    with course.terminal() as typed:
        typed.shows("", READY)
        yield typed


def test_each_terminal_tells_once_what_became_done(course: Course, typed: Typed) -> None:
    with course.terminal() as beside:
        beside.shows("", READY)
        typed.types(RUN)
        assert ticks(LAB, "start-registry")
        for terminal in (typed, beside):
            told = ""
            deadline = time.monotonic() + 30
            while TICK not in told and time.monotonic() < deadline:  # the recorder tells the prompts after the journal
                told += terminal.shows("true\r", READY)
            told += "".join(terminal.shows("true\r", READY) for _ in range(3))
            assert told.count(TICK) == 1, told
    with course.terminal() as later:
        assert "Done" not in later.shows("true\r", READY) + later.shows("true\r", READY)


@pytest.mark.parametrize("command", [UNKNOWN, "docker pull localhost:5001/nginx:latest | cat"])
def test_the_meaning_stands_under_the_message(typed: Typed, command: str) -> None:
    shown = typed.shows(f"{command}\r", "More: ") + typed.shows("", READY)
    message, _, meaning = shown.rpartition("\x1b]133;D;")
    assert "localhost:5001" in message
    assert "labcheck explain" in meaning
    assert "labcheck explain" not in typed.shows("\r", READY), "it is told once"


def test_curls_message_is_explained_too_and_again_when_it_fails_again(typed: Typed) -> None:
    for _ in range(2):
        shown = typed.shows("curl localhost:5001/v2/_catalog\r", READY)
        assert "curl: (7)" in shown
        assert "More: labcheck explain" in shown, shown


@pytest.mark.parametrize(
    "command",
    [
        f"{UNKNOWN} >/dev/null 2>&1",
        f"{UNKNOWN}; true",
        "docker info >/dev/null",
        "cat /nowhere/docker",
        f"LABCHECK_PROMPT=off; {UNKNOWN}",
    ],
)
def test_nothing_is_said_where_nothing_failed_or_nobody_read_it(typed: Typed, command: str) -> None:
    assert "More: " not in typed.shows(f"{command}\r", READY) + typed.shows("\r", READY)


def test_who_asked_for_the_meaning_is_told_it_once(typed: Typed) -> None:
    shown = typed.shows(f"{UNKNOWN} 2>&1 | labcheck explain\r", READY) + typed.shows("\r", READY)
    assert shown.count("More: ") == 1


def test_an_older_message_is_not_explained(typed: Typed) -> None:
    typed.shows(f"{UNKNOWN}\r", READY)
    assert "More: " not in typed.shows("docker run --rm registry:2 --nothing >/dev/null 2>&1\r", READY)


def test_the_exit_code_is_the_commands(typed: Typed) -> None:
    typed.shows("docker inspect nothing-of-that-name\r", READY)
    assert "=1=1=" in typed.shows("echo =$?=${PIPESTATUS[0]}=\r", READY)
    typed.shows("curl -s localhost:5001 | cat\r", READY)
    assert "=0=7 0=" in typed.shows('echo "=$?=${PIPESTATUS[*]}="\r', READY)


def test_a_command_has_the_terminal_to_itself(typed: Typed) -> None:
    own = typed.types("tty").strip()
    assert typed.types("readlink /proc/self/fd/{0,1,2}").split() == [own] * 3
    assert typed.types("type -t docker curl").split() == ["file"] * 2


def test_docker_draws_its_progress(typed: Typed) -> None:
    drawn = typed.shows("docker pull nginx:latest\r", READY)
    assert CONTROL.search(drawn), drawn
    assert not CONTROL.search(typed.shows("docker image rm nginx:latest; docker pull nginx:latest | cat\r", READY))


@pytest.mark.parametrize("command", ["docker events", "curl -sN --unix-socket /run/docker.sock http://docker/events"])
def test_ctrl_c_ends_the_command_and_brings_the_prompt(course: Course, typed: Typed, command: str) -> None:
    own = typed.types("tty").strip()
    typed.shows(f"{command}\r", command)
    # A key that is pressed while bash starts the command may be lost, in any terminal.
    program = command.partition(" ")[0]
    runs = f"ps -C {program} -o tty=,stat= | grep -q '^{own[5:]} .*+'"
    with course.terminal() as beside:
        beside.types(f"until {runs}; do sleep 0.1; done")
    assert "More: " not in typed.shows("\x03", READY)
    assert "=130=" in typed.shows("echo =$?=\r", READY)


def test_what_is_kept_for_prompts_is_the_learners_alone(course: Course, typed: Typed) -> None:
    shown = typed.types("stat -c '%a %u' $__labcheck_ticks; id -u").split()
    assert shown[0] == "600"
    assert shown[1] == shown[2]
    assert course.token not in typed.types("cat $__labcheck_ticks")
