"""Every fact and rule is found in its file; a new one is one file, as ``labcheck/README.md`` shows it."""

from __future__ import annotations

from labcheck.doctor.order import FACTS, ORDER, RULES
from tests.support.places import PACKAGE

FILES = {path.stem for path in (PACKAGE / "doctor" / "facts").glob("*.py")} - {"__init__"}


def test_the_order_names_every_file_with_rules_and_no_other() -> None:
    assert sorted(ORDER) == sorted({it.file.rpartition(".")[2] for it in RULES})


def test_every_file_has_a_fact_or_a_rule() -> None:
    files = {it.file for it in FACTS} | {it.file for it in RULES}
    assert {file.rpartition(".")[2] for file in files} == FILES


def test_no_two_facts_or_rules_have_one_name() -> None:
    for names in ([it.name for it in FACTS], [repr(it) for it in RULES]):
        assert sorted(names) == sorted(set(names))
