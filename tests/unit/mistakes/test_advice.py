"""What is printed can be typed: each command finds what it needs, in the state in which it is printed.

The small engine below knows of names only: what is there, and what each command needs, makes and takes away.
"""

from __future__ import annotations

import shlex
from copy import deepcopy

import pytest

from labcheck.judge import judge
from labcheck.log import Log
from labcheck.mistake import explain
from labcheck.name import parsed
from labcheck.query import ContainerList, ContainerNamed, ImageList, ImageNamed
from labcheck.snapshot import Found
from labcheck.verdict import Fix, Outcome
from tests.support import recorded
from tests.support.logs import own, past

RECORDED = sorted(recorded.ATTEMPTS)
ON_CONTAINERS = {"start", "stop", "restart", "unpause", "pause", "logs", "update"}
VALUED = {"run": ("--name", "-p", "-v", "--network", "--mount", "-e"), "logs": ("--tail",)}
"""The options that have a value behind a space."""


def full(name: str) -> str:
    """The name with all its parts; an id stays as it is."""
    return str(parsed(name) or name)


class Small:
    """An engine that has names of images and of containers, and each container's image."""

    def __init__(self, images: set[str], containers: dict[str, str]) -> None:
        self.images, self.containers = images, containers

    def typed(self, command: str) -> str:
        """Type the command; what is wrong with it, or the empty string."""
        words = shlex.split(command)
        if words[:1] != ["docker"]:
            return ""
        verb, rest = " ".join(words[1:3]) if words[1] == "image" else words[1], words[2 + (words[1] == "image") :]
        names = [
            it
            for at, it in enumerate(rest)
            if not it.startswith("-") and rest[max(at - 1, 0)] not in VALUED.get(verb, ())
        ]
        return self._done({"rmi": "image rm", "tag": "image tag"}.get(verb, verb), names, rest)

    def _done(self, verb: str, names: list[str], rest: list[str]) -> str:  # noqa: C901, PLR0911 - one for each need
        match verb, names:
            case "pull", [name]:
                self.images.add(full(name))
            case "image tag", [old, new]:
                if full(old) not in self.images:
                    return f"no image {old}"
                self.images.add(full(new))
            case "push", [name]:
                return "" if full(name) in self.images else f"nothing to push as {name}"
            case "image rm", _:
                gone = {full(name) for name in names}
                if not names or gone - self.images:
                    return f"no image {gone - self.images}"
                self.images -= gone
            case "rm", _:
                return self._removed(names)
            case "rename", [old, new]:
                if old not in self.containers or new in self.containers:
                    return f"cannot rename {old} to {new}"
                self.containers[new] = self.containers.pop(old)
            case "run", [image, *_]:
                name = rest[rest.index("--name") + 1] if "--name" in rest else "invented"
                if name in self.containers:
                    return f"{name} is taken"
                self.containers[name] = full(image)
                self.images.add(full(image))
            case verb, _ if verb in ON_CONTAINERS:
                return "" if names and set(names) <= set(self.containers) else f"no container {names}"
        return ""

    def _removed(self, names: list[str]) -> str:
        if not names or set(names) - set(self.containers):
            return f"no container {names}"
        for name in names:
            del self.containers[name]
        return ""


def seen(log: Log) -> Small | None:
    """The engine as the newest look saw it, or ``None`` where it could not be seen."""
    told = past(log)
    images, containers = told.now(ImageList()), told.now(ContainerList())
    if not isinstance(images, Found) or not isinstance(containers, Found):
        return None
    names = {full(name) for image in images.value.listed for name in image.names}
    here = {it.name: full(it.image) for it in containers.value.listed}
    for answer in log.looks[-1].snapshot.answers:
        match answer.query:
            case ImageNamed(name) if answer.found is not None:
                names.add(full(name))
            case ContainerNamed(name) if answer.found is not None:
                here.setdefault(name, "")
    return Small(names, here)


def wrong(fix: Fix, engine: Small) -> list[str]:
    return [f"{command}: {why}" for command in fix.commands if (why := engine.typed(command))]


@pytest.mark.parametrize("name", RECORDED)
def test_each_command_finds_what_it_needs(name: str) -> None:
    for log in (recorded.log(name), own(recorded.log(name))):
        engine = seen(log)
        for step, check in ((it.id, check) for it in judge(recorded.lab(name), log).steps for check in it.checks):
            if engine and check.outcome is not Outcome.SKIP:
                assert wrong(check.fix, deepcopy(engine)) == [], (step, check.diagnosis)


@pytest.mark.parametrize("name", sorted(recorded.MESSAGES))
def test_what_is_not_here_is_pulled_first(name: str) -> None:
    text = recorded.message(name)
    if not any(words in text for words in ("No such image", "exist locally", "tag does not exist")):
        return
    found = explain(text)
    assert found is not None
    assert wrong(found[1].fix, Small(set(), {})) == []


NOT_HERE = [
    "An image does not exist locally with the tag: {}",
    "tag does not exist: {}",
    "The push refers to repository [docker.io/library/{}]\nAn image does not exist locally with the tag: {}",
    "Error response from daemon: No such image: {}",
]


@pytest.mark.parametrize("said", NOT_HERE)
@pytest.mark.parametrize(
    "name", ["nginx", "my-app", "57f115f1f6b5", "localhost:5000/nginx:v1", "localhost:5000/my-app"]
)
def test_whatever_was_not_here_no_command_needs_it(said: str, name: str) -> None:
    found = explain(said.replace("{}", name))
    assert found is not None
    fix = found[1].fix
    assert fix
    assert wrong(fix, Small(set(), {})) == []
    assert all("my-app" not in command and "57f1" not in command for command in fix.commands)
    assert not any(command.startswith("docker push") for command in fix.commands)
