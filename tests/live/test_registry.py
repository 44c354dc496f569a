"""A real registry, drawn: an index, a layer that is shared, a signature, an artifact; and where there is none."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from labcheck.sandbox.outside import Sandbox
from tests.live import pushing

START = "docker run -d --name my-registry -p 5000:5000 registry:2"
PUSHED = """
for name in nginx httpd; do
  docker pull -q $name && docker tag $name localhost:5000/$name && docker push -q localhost:5000/$name
done
printf 'FROM nginx\\nLABEL one=more\\nCOPY hello /\\n' > Dockerfile && echo hello > hello
DOCKER_BUILDKIT=0 docker build -q -t localhost:5000/team/site . && docker push -q localhost:5000/team/site
"""
LOOK = """
import labcheck
seen = labcheck.registry("localhost:5000")
print(seen)
print("-----")
print(seen._repr_html_())
"""


def shown(world: Sandbox, folder: Path) -> tuple[str, str]:
    """What the registry holds, as text and as HTML."""
    done = world.run([sys.executable, "-c", LOOK], folder=folder, timeout=240)
    assert done.returncode == 0, done.stderr
    text, _, html = done.stdout.partition("-----\n")
    return text, html


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def test_what_is_really_there_is_drawn_and_where_nobody_answers_that_is_said(world: Sandbox, folder: Path) -> None:
    text, html = shown(world, folder)
    assert text.startswith("localhost:5000 could not be looked into: ")
    assert "<svg" not in html
    for command in (START, PUSHED):
        done = world.run(["bash", "-ec", command], folder=folder, timeout=240)
        assert done.returncode == 0, done.stderr
    done = world.run([sys.executable, pushing.__file__], folder=folder, timeout=240)
    assert done.returncode == 0, done.stderr
    index = done.stdout.strip()
    text, html = shown(world, folder)
    assert text.startswith("localhost:5000 holds 4 repositories, 6 tags, 6 manifests and indexes")
    assert "layers that are shared are kept once, which saves" in text
    assert f"    many  {index[:19]}  index of 1" in text
    assert ".sig  " in text
    assert "  signature\n" in text
    assert "artifact vnd.example.notes" in text
    assert "could not" not in text
    assert "shared by 2" in html.partition("<svg")[2].partition("</svg>")[0]
    shared = html.partition(f"<code>{index}</code>")[2].partition("</pre>")[0]
    assert '"manifests": [' in shared.replace("&quot;", '"')
