"""An installed package brings pages and functions of its own; what is damaged in it costs it nothing but that."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.support.places import MISTAKES

PROJECT = """
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
[project]
name = "more-mistakes"
version = "1"
[project.entry-points."labcheck.mistakes"]
more = "more.mistakes"
gone = "more.nothing"
[tool.hatch.build.targets.wheel]
packages = ["more"]
"""
FAMILY = "---\ntitle: Our course\n---\n# Our course\n"
PAGE = """---
summary: The fridge is empty.
messages:
- says: 'no milk in {place} today'
  why: Somebody drank what was in {place}.
  type: fill {place}
---
# no-milk

The page of it.
"""
SEEN = """---
summary: The registry is not pushed to on Fridays.
evidence:
- why: "{image} waits for Monday."
  advice: Have a cup of tea.
---
# not-on-fridays
"""
FUNCTION = """
from labcheck.checks import ImagePushed
from labcheck.mistake import facts, recognises

@recognises("not-on-fridays", ImagePushed)
def not_on_fridays(check, past):
    return facts(image=check.image)
"""
BROKEN = """
from labcheck.checks import ImagePushed
from labcheck.mistake import recognises

@recognises("no-milk", ImagePushed)
def no_milk(check, past):
    raise RuntimeError
"""
CLOSED = """---
summary: The engine is closed on Sundays.
messages:
- says: 'closed on {day}'
  why: 'It is {day}. {reason}'
  advice: Come back.
- why: Somebody closed it.
---
# closed
"""
UNSEEN = """
from labcheck.cause import EngineNotRunning
from labcheck.mistake import facts, unseen

@unseen("closed", EngineNotRunning)
def closed(cause):
    return facts(day="Sunday")
"""
FILES = {
    "pyproject.toml": PROJECT,
    "more/__init__.py": "",
    "more/mistakes/__init__.py": "",
    "more/mistakes/ours/README.md": FAMILY,
    "more/mistakes/ours/no-milk.md": PAGE,
    "more/mistakes/ours/damaged.md": "---\nsummary: S.\nmessages:\n- why: W.\n  advise: x\n---\n# damaged\n",
    "more/mistakes/ours/friday.py": FUNCTION,
    "more/mistakes/ours/milk.py": BROKEN,
    "more/mistakes/ours/unloadable.py": "import nothing_of_this_name\n",
    "more/mistakes/removing/not-on-fridays.md": SEEN,
    "more/mistakes/engine/closed.md": CLOSED,
    "more/mistakes/engine/cause.py": UNSEEN,
}
JUDGED = """
import sys
from labcheck import evidence
from labcheck.judge import judge
from labcheck.lab import load
from pathlib import Path
log = evidence.decode(Path(sys.argv[1]).read_bytes())
for check in judge(load("push-and-pull"), log).step("push").checks:
    print(check.diagnosis, check.why, check.fix.advice)
"""


@pytest.fixture(scope="module")
def installed() -> Iterator[Path]:
    """Where the package is installed."""
    with TemporaryDirectory() as folder:
        source, target = Path(folder, "source"), Path(folder, "target")
        for name, text in FILES.items():
            file = source / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        pip = ("pip", "install", "--quiet", "--no-index", "--no-deps", "--no-build-isolation")
        subprocess.run([sys.executable, "-m", *pip, "--target", target, source], check=True, timeout=240)
        yield target


def python(target: Path, *arguments: str, said: str | None = None) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return subprocess.run(
        [sys.executable, *arguments],
        input=said,
        stdin=None if said is not None else subprocess.DEVNULL,
        env=environment | {"PYTHONPATH": str(target), "PYTHONPYCACHEPREFIX": str(target / "cache")},
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )


def explained(target: Path, *names: str, said: str | None = None) -> subprocess.CompletedProcess[str]:
    return python(target, "-m", "labcheck", "explain", *names, said=said)


def test_its_pages_stand_in_the_list_and_what_is_damaged_is_said(installed: Path) -> None:
    for _ in ("found", "as it was kept"):
        done = explained(installed)
        assert "Our course:\n  no-milk" in done.stdout
        removing = done.stdout.partition("Removing:\n")[2].partition("\n\n")[0]
        assert "  not-on-fridays " in removing
        assert "  nothing-pruned " in removing
        assert "damaged.md, line 5: advise has no meaning here. labcheck/mistakes/README.md" in done.stderr
        assert "ours.unloadable cannot be loaded: ModuleNotFoundError" in done.stderr
        assert "The mistakes of more.nothing cannot be found" in done.stderr
        assert "Traceback" not in done.stderr


def test_its_message_is_explained_and_what_a_message_holds_is_one_word_of_the_shell(installed: Path) -> None:
    done = explained(installed, said="oh: no milk in the$(reboot) today")
    assert "Somebody drank what was in the$(reboot). (no-milk)" in done.stdout
    assert "\n    fill 'the$(reboot)'\n" in done.stdout


def test_its_page_is_shown_and_labchecks_own_are_as_before(installed: Path) -> None:
    assert explained(installed, "no-milk").stdout == "# no-milk\n\nThe page of it.\n"
    assert explained(installed, "disk-full").stdout.startswith("# disk-full\n")
    assert "(no-such-container)" in explained(installed, said="Error: No such container: web").stdout


def test_its_function_recognises_what_was_seen_and_one_that_fails_costs_nothing(installed: Path) -> None:
    done = python(installed, "-c", JUDGED, str(MISTAKES / "tagged-not-pushed" / "evidence.json"))
    assert "not-on-fridays localhost:5000/httpd:latest waits for Monday. Have a cup of tea." in done.stdout, done.stderr


def test_its_cause_comes_first_and_is_explained_as_its_message_with_the_reason_of_the_look(installed: Path) -> None:
    done = python(installed, "-c", JUDGED, str(MISTAKES / "engine-not-running" / "evidence.json"))
    reason = "The Docker engine is not running: there is no /var/run/docker.sock."
    assert f"closed It is Sunday. {reason} Come back." in done.stdout, done.stdout + done.stderr
    told = explained(installed, said="we are closed on Monday")
    assert "Somebody closed it. (closed)" in told.stdout


def test_without_the_package_there_is_nothing_of_it(installed: Path) -> None:
    assert "no-milk" not in explained(installed / "elsewhere").stdout
