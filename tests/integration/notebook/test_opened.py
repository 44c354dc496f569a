"""``labcheck.open`` in IPython, without an engine: what is refused takes one sentence, never a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import labcheck

PLAY = """
import json, sys
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
shell = InteractiveShell.instance(colors="nocolor")
said = []
for cell in json.loads(sys.argv[1]):
    with capture_output() as captured:
        shell.run_cell(cell)
    said.append(captured.stdout + captured.stderr)
print(json.dumps(said))
"""
OPEN = 'import labcheck; lab = labcheck.open("push-and-pull")'


def played(*cells: str, home: Path) -> list[str]:
    """What IPython shows after each of these cells."""
    done = subprocess.run(
        [sys.executable, "-c", PLAY, json.dumps(cells)],
        capture_output=True,
        text=True,
        timeout=240,
        check=True,
        env=os.environ
        | {"LABCHECK_HOME": str(home), "DOCKER_HOST": "unix:///nonexistent/docker.sock", "HOME": str(home)},
    )
    shown: list[str] = json.loads(done.stdout)
    return shown


def test_what_is_refused_is_one_sentence_and_a_remedy(tmp_path: Path) -> None:
    refused = {
        'labcheck.open("push-and-pul")': "There is no lab called push-and-pul.",
        'lab.check("puhs")': "The lab push-and-pull has no step called puhs.",
        'lab.check("pussh")': "Did you mean push?",
        'lab.answer("catalogue", "x")': "Did you mean catalog?",
        'lab.solution("prune-all")': "Did you mean prune or pull?",
        'labcheck.open("push-pull")': "Did you mean push-and-pull?",
        "labcheck.open(3)": "There is no lab called 3.",
        "lab.check(3)": "has no step called 3.",
        'lab.hint("puhs")': "The lab push-and-pull has no step called puhs.",
        'lab.hint("push")': "Start the engine, then run lab.check().",
        'lab.solution("why-one-stays")': "The step why-one-stays has no commands to show",
        'lab.answer("push", 1)': "The step push asks no question.",
        'lab.answer("catalog", ...)': "There is no answer yet.",
        'lab.answer("catalog")': "There is no answer yet.",
        'lab.answer("catalog", "httpd", "nginx")': "There is no attempt to file this in",
        'lab.explorer("push")': "The step push asks no question.",
        'lab.explorer("puhs")': "The lab push-and-pull has no step called puhs.",
        'lab.answer("catalog", "nginx")': "There is no attempt to file this in",
        'lab.check("push", strict=True)': "The step push is not done.",
        "lab.check(strict=True)": "The lab push-and-pull is not done.",
        "%%terminal --soon\ntrue": "%%terminal does not understand --soon.",
        "%%terminal\nexit 4": "The command failed with exit code 4.",
        'labcheck.parse_reference("Nginx")': "must be lower",
    }
    _, *shown = played(OPEN, *refused, home=tmp_path)
    for (cell, sentence), text in zip(refused.items(), shown, strict=True):
        assert text.startswith("labcheck: "), (cell, text)
        assert sentence in text
        assert "Traceback" not in text
        assert "File" not in text


def test_what_could_not_be_seen_is_shown_and_is_no_error(tmp_path: Path) -> None:
    opened, named, checked, again = played(OPEN, "lab", 'lab.check("push")', 'print(lab.check("push"))', home=tmp_path)
    assert opened == ""
    assert named.strip().endswith("labcheck.open('push-and-pull')")
    assert "Could not look" in checked
    assert again.strip() in checked


def test_the_terminal_is_there_also_without_a_lab(tmp_path: Path) -> None:
    loaded, said = played("%load_ext labcheck", "%%terminal\necho hello", home=tmp_path)
    assert (loaded, said) == ("", "hello\n")


def test_without_it_the_terminal_is_unknown(tmp_path: Path) -> None:
    (said,) = played("%%terminal\necho hello", home=tmp_path)
    assert said == "UsageError: Cell magic `%%terminal` not found.\n"


def test_every_public_name_is_there() -> None:
    for name in labcheck.__all__:
        assert getattr(labcheck, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        labcheck.nothing  # noqa: B018 - the look-up is the test


def test_what_is_no_python_gets_one_line_that_says_what_to_type(tmp_path: Path) -> None:
    told = {
        "docker image ls": "%%terminal",
        "# List them\ndocker image ls -a": "docker image ls -a",
        "curl -s localhost:5000/v2/": "That is a command for a terminal.",
        "# Your answer:\n5": 'lab.answer("STEP", 5)',
        '# Your answer:\n"httpd, nginx"': 'lab.answer("STEP", "httpd, nginx")',
        'lab.check("push")': "Run the notebook's first cell",
        'labcheck.open("start-here")': "Run the notebook's first cell",
    }
    loaded, *shown = played("%load_ext labcheck", *told, home=tmp_path)
    assert loaded == ""
    for (cell, sentence), text in zip(told.items(), shown, strict=True):
        assert text.startswith("labcheck: "), (cell, text)
        assert sentence in text
        assert "Traceback" not in text
        assert "SyntaxError" not in text


def test_what_is_python_stays_as_it_is(tmp_path: Path) -> None:
    cells = ("5", "docker = 6\ndocker", "other", "1 +", "%%terminal\necho docker", "# Your answer:")
    _, *shown = played("%load_ext labcheck", *cells, home=tmp_path)
    assert "5" in shown[0]
    assert "6" in shown[1]
    assert "NameError" in shown[2]
    assert "SyntaxError" in shown[3]
    assert shown[4] == "docker\n"
    assert shown[5] == ""
