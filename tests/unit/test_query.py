"""What several labs are about is what each of them is about."""

from __future__ import annotations

from labcheck.lab import load
from labcheck.plan import plan


def test_what_two_labs_are_about_is_about_both() -> None:
    first, second = (plan(load(slug)).subject for slug in ("start-here", "push-and-pull"))
    both = first | second
    assert both.containers == {"hello", "my-registry"}
    assert both.repositories == first.repositories | second.repositories
    assert both.domains == {"localhost:5000"}
    assert both.ports == {5000}
