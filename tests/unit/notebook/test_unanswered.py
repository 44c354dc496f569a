"""A question that nobody could answer is told, and nothing else is taken for one."""

from __future__ import annotations

import pytest

from labcheck.errors import NotebookError
from labcheck.notebook.unanswered import check

ASKED = "WARNING! This will remove all dangling images.\nAre you sure you want to continue? [y/N] "


@pytest.mark.parametrize(
    ("commands", "instead"),
    [
        ("docker image prune -a", "docker image prune -a -f"),
        ("docker ps\ndocker system prune --all # all of it\ndocker ps", "docker system prune --all -f"),
    ],
)
def test_it_says_why_and_what_to_type(commands: str, instead: str) -> None:
    with pytest.raises(NotebookError, match="nobody can answer") as raised:
        check(commands, ASKED)
    assert f"  {instead}\n" in raised.value.remedy


@pytest.mark.parametrize(
    ("commands", "said"),
    [
        ("docker image prune -af", "Total reclaimed space: 0B"),
        ("docker image prune -a -f", ASKED),
        ("docker image prune --force", ASKED),
        ("yes | docker image prune", ASKED + "Total reclaimed space: 0B"),
        ("docker image prune <<< y", ASKED + "Deleted Images:\n"),
        ("echo n | docker image prune", ASKED),
        ("echo '[y/N] '", "[y/N] "),
        ("docker image prune -a", "Total reclaimed space: 0B"),
    ],
)
def test_what_was_answered_or_never_asked_is_none(commands: str, said: str) -> None:
    check(commands, said)
