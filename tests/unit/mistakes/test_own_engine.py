"""On a learner's own engine nothing is advised that could take away what the lab did not make."""

from __future__ import annotations

import pytest

from labcheck.judge import judge
from labcheck.query import ContainerNamed
from tests.support import recorded
from tests.support.logs import own

RENAMED = "old"
"""What the lab's container is called where it was renamed."""
RECORDED = sorted(recorded.ATTEMPTS)


@pytest.mark.parametrize("name", RECORDED)
def test_nothing_is_pruned_and_no_other_container_is_removed_by_a_command(name: str) -> None:
    log, queries = recorded.log(name), [query for step in recorded.lab(name).steps for query in step.queries]
    ours = {RENAMED, *(query.name for query in queries if isinstance(query, ContainerNamed))}
    removing = [
        command
        for step in judge(recorded.lab(name), own(log)).steps
        for check in step.checks
        for command in check.fix.commands
        if "prune" in command or ("docker rm" in command and command.split()[-1] not in ours)
    ]
    assert not removing


def test_in_the_course_the_lesson_is_prune() -> None:
    lab, log = recorded.lab("prune-without-all"), recorded.log("prune-without-all")
    fixes = {at: judge(lab, seen).step("prune").checks[1].fix for at, seen in (("course", log), ("own", own(log)))}
    assert fixes["course"].commands == ("docker image prune -a -f",)
    assert fixes["own"].commands == ("docker image rm nginx:latest",)
