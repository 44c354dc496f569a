"""What the README says of safety: each sentence has a test that holds it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.places import PACKAGE, ROOT, TESTS

SECTION = (ROOT / "README.md").read_text(encoding="utf-8").partition("\n## Safety\n")[2].partition("\n## ")[0]
SENTENCES = [" ".join(item.split()) for item in re.findall(r"^- ((?:.+\n)(?:  .+\n)*)", SECTION, re.MULTILINE)]

HELD = {
    "Without root, nothing in the course can do more": ("live/test_rootless::test_root_inside_can_do_no_more_than",),
    "With `sudo`, the engine is root's": ("live/test_start_as::test_behind_sudo_all_but_the_engine_is_theirs",),
    "Also with `sudo`, JupyterLab, its kernels": ("live/test_start_as::test_behind_sudo_all_but_the_engine_is_theirs",),
    "The mirror keeps, of root's rights": ("live/test_sandbox::test_the_mirror_can_only_read",),
    "labcheck itself never calls `sudo`": ("unit/test_safety::test_nothing_here_calls_sudo",),
    "With `--engine host` it is your own": ("live/test_start_as::test_an_engine_of_their_own",),
    "It has an engine, a network and processes": (
        "live/test_sandbox::test_the_engine_is_the_courses_own",
        "live/test_sandbox::test_two_stand_side_by_side",
        "live/test_sandbox::test_a_way_out_leads_out_but_not_to_the_machines_loopback",
        "live/test_sandbox_own_engine::test_every_socket_of_an_engine_outside_is_the_sandboxs_inside",
        "live/test_sandbox_own_engine::test_an_engine_on_a_port_of_this_machine_is_not_there_inside",
        "live/test_rootless::test_root_inside_can_do_no_more_than",
    ),
    "What is changed in `/etc` and `/run` stays": (
        "live/test_sandbox::test_what_is_changed_in_etc_and_run_stays_inside",
        "live/test_sandbox::test_the_persons_files_are_there",
    ),
    "When it ends, no process, mount": (
        "live/test_sandbox::test_nothing_stays",
        "live/test_killed::test_whatever_is_killed_nothing_done_is_lost_and_nothing_is_left",
    ),
    "It is given `SYS_ADMIN`, `NET_ADMIN`": (
        "unit/sandbox/container/test_settings::test_it_is_not_privileged_and_gets_no_socket_and_no_device",
    ),
    "So root in it could, with some effort": (
        "unit/sandbox/container/test_settings::test_what_it_may_do_is_said_as_it_is_asked",
    ),
    "Of your files it is given only": (
        "unit/sandbox/container/test_settings::test_of_the_machines_files_it_gets_one_folder",
        "live/test_container::test_the_course_in_a_container",
    ),
    "Its page is published on this machine's loopback": (
        "unit/sandbox/container/test_settings::test_its_page_is_published_on_loopback_alone",
        "live/test_start::test_the_page_is_there_for_whoever_has_the_token",
    ),
    "That is said before the first container": ("live/test_container::test_the_course_in_a_container",),
    "A reset removes what its lab made": ("live/test_cli::test_a_reset_removes_what_the_lab_made_and_nothing_else",),
    "Ending a sandbox keeps its data.": (
        "live/test_sandbox_end::test_down_ends_all_and_keeps_what_is_on_disk",
        "live/test_rootless::test_their_course_opens_is_listed_closed_and_removed",
    ),
    "`labcheck sandbox remove` says in numbers": (
        "integration/cli/test_sandbox::test_nothing_is_removed_without_a_yes",
    ),
    "It listens on this machine's loopback": (
        "live/test_start::test_the_page_is_on_loopback_and_answers_under_no_other",
    ),
    "It answers only to whoever has the token": ("live/test_start::test_the_page_is_there_for_whoever_has_the_token",),
    "It answers only under its own name": ("live/test_start::test_the_page_is_on_loopback_and_answers_under_no_other",),
    "A page of another site, open in the same browser": (
        "live/test_start::test_a_page_of_another_site_reads_nothing_with_the_learners_cookie",
        "live/test_start::test_the_page_is_on_loopback_and_answers_under_no_other",
    ),
    "Other users of this machine can read the token": (
        "live/test_rootless::test_another_user_of_the_machine_gets_neither_the_token_nor_the_engine",
        "live/test_start_as::test_behind_sudo_all_but_the_engine_is_theirs",
        "integration/start/test_note::test_the_note_is_for_the_owner",
    ),
    "The journal and everything beside it": (
        "integration/journal/test_damage::test_the_home_is_its_owners_alone_also_behind_sudo",
        "integration/journal/test_damage::test_what_is_made_is_its_owners_alone_and_what_was_made_before_becomes_so",
        "live/test_rootless::test_another_user_of_the_machine_gets_neither_the_token_nor_the_engine",
    ),
    "Only listed fields of what the engine says": ("unit/test_judge_anything::test_an_allow_list_keeps_only",),
    "No password, and no value of a variable": (
        "live/test_start_as::test_a_learner_who_is_not_root_guards_a_registry_and_the_password_is_stored_by_docker",
        "live/test_submit::test_no_secret_and_no_unrelated_name_is_in_it",
    ),
    "A submission names only what its labs": (
        "unit/test_redact::test_nothing_else_is_named",
        "unit/test_redact::test_what_is_left_out_is_counted",
    ),
    "`labcheck show FILE` says in words": ("unit/test_submit::test_what_is_in_it_is_told_in_words",),
    "`docker login` stores them": ("live/test_sandbox_own_engine::test_credentials_are_the_sandboxs_own",),
    "labcheck reads only the names": (
        "unit/observe/test_docker_files::test_a_login_is_told_by_its_registry_only",
        "unit/labs/test_credentials_and_tls::test_while_docker_had_a_login_the_evidence_had_only",
    ),
    "A registry that wants a password is told none": (
        "integration/observe/registry/test_challenge::test_where_nobody_gets_a_token_a_password_is_asked_for",
        "integration/observe/registry/test_recorded::test_a_registry_with_a_password_is_one_and_shows_nothing",
    ),
}
"""How each sentence begins, and the tests that hold it: a module, and how the test's name begins."""
CALLED = re.compile(r"""[\[(]\s*["'](?:/usr/bin/)?sudo["']\s*,|\bpkexec\b|\bdoas\b""")


def test_each_sentence_has_a_test_and_none_is_held_that_is_not_said() -> None:
    assert len(SENTENCES) > 20
    begun = {sentence: [start for start in HELD if sentence.startswith(start)] for sentence in SENTENCES}
    assert {sentence: starts for sentence, starts in begun.items() if len(starts) != 1} == {}
    assert {start for starts in begun.values() for start in starts} == set(HELD)


@pytest.mark.parametrize("test", sorted({test for tests in HELD.values() for test in tests}))
def test_what_holds_a_sentence_is_there(test: str) -> None:
    module, _, name = test.partition("::")
    assert re.search(rf"^def {name}", (TESTS / f"{module}.py").read_text(encoding="utf-8"), re.MULTILINE)


def test_nothing_here_calls_sudo() -> None:
    programs = [*PACKAGE.rglob("*.py"), *(ROOT / ".ci").glob("*"), ROOT / "Makefile"]
    texts = {file: file.read_text(encoding="utf-8") for file in programs if Path(file).is_file()}
    assert len(texts) > 300
    assert [str(file) for file, text in texts.items() if CALLED.search(text)] == []
