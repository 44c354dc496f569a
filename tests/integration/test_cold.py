"""What a check does not load: said by the names of modules, for a time would depend on the machine."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from labcheck.cli.parser import COMMANDS, parser
from tests.support.small_engine import SmallEngine

TYPED = """
import atexit, gc, sys
atexit.register(lambda: print([*sys.modules], gc.get_freeze_count(), sep="\\n", file=sys.stderr))
from labcheck.cli import main
main(sys.argv[1:])
"""

WRITING = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""What was compiled is kept, as it is for a learner."""

NEVER = (
    "yaml", "labcheck.lab.tree", "labcheck.lab.lint", "importlib.resources", "tempfile", "zipfile",
    "ssl", "base64", "string", "email", "http.client", "urllib.request", "difflib",
    "dataclasses", "concurrent", "shutil", "bz2", "lzma", "hashlib", "_hashlib", "encodings.idna",
    "labcheck.mistake.folder", "labcheck.mistake.reading",
    "labcheck.mistakes.engine.cause", "labcheck.mistakes.engine.command",
    "labcheck.mistakes.push_and_pull.reply", "labcheck.mistakes.registry.address",
    "docker", "urllib3", "requests", "IPython", "subprocess", "json", "logging", "html", "xml",
    "labcheck.sandbox", "labcheck.notebook", "labcheck.start", "labcheck.doctor",
    "labcheck.contents", "labcheck.observe.contents", "labcheck.provider",
    "labcheck.attempts", "labcheck.render.attempts", "labcheck.leftovers", "labcheck.observe.engine.listening", "queue",
    "labcheck.observe.http.client", "labcheck.observe.registry.api", "labcheck.journal.salvage",
    "labcheck.render.as_html", "labcheck.render.junit",
)  # fmt: skip
"""What a check needs not, each of them milliseconds to load."""

NEVER_BY_A_MESSAGE = (
    *NEVER, "labcheck.lab", "labcheck.checks", "labcheck.check", "labcheck.past", "labcheck.query", "labcheck.observe",
    "labcheck.judge", "labcheck.journal", "sqlite3", "socket",
)  # fmt: skip
"""What ``labcheck explain`` needs not for a message that is explained without a function."""
MESSAGE = "docker: Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?"


@pytest.fixture(scope="module")
def ended() -> tuple[set[str], int]:
    """The modules that a second check had loaded at its end, and how many objects Python does not look through."""
    with TemporaryDirectory() as folder, SmallEngine(Path(folder)) as engine:
        _check(folder, engine.host)
        return _check(folder, engine.host)


def _check(home: str, engine: str, lab: str = "start-here") -> tuple[set[str], int]:
    done = subprocess.run(
        [sys.executable, "-c", TYPED, "check", lab],
        env=WRITING | {"LABCHECK_HOME": home, "DOCKER_HOST": engine},
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.returncode in {1, 3}, done.stderr
    modules, frozen = map(ast.literal_eval, done.stderr.splitlines())
    return set(modules), frozen


def test_what_is_left_at_the_end_is_not_looked_through(ended: tuple[set[str], int]) -> None:
    assert ended[1] > 10_000


def test_a_check_loads_nothing_that_it_does_not_need(ended: tuple[set[str], int]) -> None:
    assert not {module for module in ended[0] for name in NEVER if f"{module}.".startswith(f"{name}.")}


def test_a_registry_of_a_plain_name_is_asked_without_the_rules_for_other_letters() -> None:
    with TemporaryDirectory() as folder, SmallEngine(Path(folder)) as engine:
        loaded, _ = _check(folder, engine.host, "push-and-pull")
    assert "labcheck.observe.registry.api" in loaded
    assert "encodings.idna" not in loaded


def test_a_message_is_explained_without_what_a_look_needs() -> None:
    for _ in ("read and kept", "as it was kept"):
        done = subprocess.run(
            [sys.executable, "-c", TYPED, "explain"],
            input=MESSAGE,
            env=WRITING,
            capture_output=True,
            text=True,
            check=False,
            timeout=240,
        )
    assert "labcheck explain engine-not-running" in done.stdout
    loaded = set(ast.literal_eval(done.stderr.splitlines()[0]))
    assert not {module for module in loaded for name in NEVER_BY_A_MESSAGE if f"{module}.".startswith(f"{name}.")}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_has_the_same_help_alone_as_among_all(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    for known in ([name], []):
        with pytest.raises(SystemExit):
            parser(known).parse_args([name, "--help"])
    alone = capsys.readouterr().out
    half = len(alone) // 2
    assert alone[:half] == alone[half:]
    assert f"usage: labcheck {name} " in alone


def test_what_is_no_command_is_refused_with_all_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    for typed in (["chekc"], ["--", "check"]):
        with pytest.raises(SystemExit):
            parser(typed).parse_args(typed)
        said = capsys.readouterr().err
        assert all(repr(name) in said for name in COMMANDS), said


def test_importing_labcheck_loads_nothing_heavy() -> None:
    heavy = ("IPython", "docker", "urllib3", "requests", "http.client", "sqlite3", "yaml")
    code = f"import sys, labcheck; print([name for name in {heavy!r} if name in sys.modules])"
    seen = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=240)
    assert seen.stdout.strip() == "[]"


def test_no_pattern_is_compiled_before_a_message_is_read() -> None:
    code = (
        "import re; compiled = []; really = re._compiler.compile\n"
        "re._compiler.compile = lambda pattern, flags=0: compiled.append(pattern) or really(pattern, flags)\n"
        "from labcheck.mistake.known import pages\n"
        "print(sum(it in compiled for page in pages() for saying in page.sayings for it in saying.patterns))"
    )
    for _ in ("read and kept", "as it was kept"):
        seen = subprocess.run(
            [sys.executable, "-c", code], env=WRITING, capture_output=True, text=True, check=True, timeout=240
        )
    assert seen.stdout.strip() == "0"
