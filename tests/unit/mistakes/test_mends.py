"""What mends a mistake in its test is what labcheck says, and not what somebody knows who wrote it."""

from __future__ import annotations

from pathlib import Path

import pytest

from labcheck.mistake import explain
from labcheck.mistake.known import body, named
from labcheck.verdict import Fix
from tests.support import mistake as scripts
from tests.support import recorded
from tests.support.advice import corrected, follows
from tests.support.mistake import NAMES, Mistake, read

MISTAKES = [read(name) for name in NAMES]


def fix(mistake: Mistake) -> Fix:
    """What is printed."""
    if mistake.has("message"):
        told = explain(recorded.message(mistake.name))
        return told[1].fix if told else Fix()
    step = recorded.report(mistake.name).step(mistake.step)
    told_of_it = step.trouble or step.note
    return told_of_it.fix if told_of_it else Fix()


@pytest.mark.parametrize("mistake", [it for it in MISTAKES if it.advised], ids=lambda it: it.name)
def test_what_mends_it_follows_what_is_printed_or_the_page(mistake: Mistake) -> None:
    printed = fix(mistake)
    page = body(named(mistake.diagnosis)) if mistake.diagnosis != "none" else ""
    again = corrected(mistake.commands[-1], printed.advice)
    said = "\n".join([*printed.commands, printed.advice, page, again])
    for command in mistake.advised:
        assert follows(command, said), f"{command}: neither what is printed nor the page says that: {printed.advice}"


@pytest.mark.parametrize("mistake", [it for it in MISTAKES if it.has("message")], ids=lambda it: it.name)
def test_where_a_message_has_advice_something_follows_it(mistake: Mistake) -> None:
    assert fix(mistake).commands or mistake.mend or mistake.has("instead") or mistake.has("unproved")


@pytest.mark.parametrize("mistake", [it for it in MISTAKES if it.has("message") and it.step], ids=lambda it: it.name)
def test_what_a_message_says_to_type_has_in_it_what_its_step_says(mistake: Mistake) -> None:
    step = recorded.report(mistake.name).step(mistake.step)
    assert step.trouble is not None
    assert set(step.trouble.fix.commands) <= set(fix(mistake).commands)  # the step, which saw more, is what was played
    assert step.trouble.fix.commands


@pytest.mark.parametrize(
    ("command", "does"),
    [
        ("docker rm my-registry", True),
        ("docker container rm my-registry", True),
        ("docker rm -v my-registry", False),
        ("docker rmi my-registry", False),
        ("docker rm my-registry; docker ps", False),
        ("true", False),
    ],
)
def test_a_command_follows_an_advice_with_another_name_and_nothing_else(command: str, *, does: bool) -> None:
    assert follows(command, "Remove it first:\n    docker rm NAME") is does


@pytest.mark.parametrize(
    ("header", "says"),
    [
        ("# message\n# diagnosis: none\n# mend: true", "what shows that it is mended"),
        ("# message\n# diagnosis: none\n# unproved:", "says why"),
        ("# message\n# diagnosis: none\n# unproved: so\n# again", "stands alone"),
        ("# diagnosis: none", "what is explained"),
        ("# step: push", "has no diagnosis"),
        ("# step: push\n# diagnosis: none\n# shuold: x", "its header says shuold"),
    ],
)
def test_a_header_that_could_prove_nothing_is_refused(
    header: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "mistake.sh").write_text(f"{header}\ndocker ps\n", encoding="utf-8")
    monkeypatch.setattr(scripts, "MISTAKES", tmp_path)
    with pytest.raises(ValueError, match=says):
        read("new")
