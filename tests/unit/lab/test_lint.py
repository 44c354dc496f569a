"""Lab files nobody should have written: each is refused with one sentence that says where, and a remedy, at once."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

import msgspec
import pytest
import yaml

from labcheck import checks
from labcheck.errors import InvalidLab
from labcheck.lab import load, parse, slugs
from labcheck.lab.limits import LARGEST
from labcheck.lab.lint import RULES
from tests.support.bomb import BOMB
from tests.support.places import PACKAGE

CHECK = "{check: image-present, image: nginx}"
STEP = f"{{id: a, title: A, checks: [{CHECK}]}}"


def checked(check: str) -> str:
    """A lab whose only step demands this."""
    return f"title: T\nsteps:\n  - id: a\n    title: A\n    checks: [{check}]"


def after_another(check: str) -> str:
    """A lab whose second step demands this."""
    return f"title: T\nsteps:\n  - {STEP}\n  - {{id: b, title: B, after: [a], checks: [{check}]}}"


REFUSED = {
    "no steps": ("title: T\nsteps: []", "line 2: this must not be empty."),
    "no title": (f"title: ''\nsteps: [{STEP}]", "line 1: this must not be empty."),
    "an alias to itself": (f"title: T\nabout: &a [*a]\nsteps: [{STEP}]", "line 2: *a is an alias"),
    "aliases of aliases": (BOMB, "line 3: *a0 is an alias"),
    "800 levels": (f"title: T\nsteps: {'[' * 800}{']' * 800}", "line 2: it is nested more than 12 levels deep"),
    "800 levels of mappings": (f"title: T\nsteps: {'{a: ' * 800}x{'}' * 800}", "line 2: it is nested more than 12"),
    "40,000 levels of blocks": (f"title: T\nsteps:\n  {'- ' * 40_000}x", "line 3: it is nested more than 12"),
    "never closed": (f"title: T\nsteps: {'[' * 90_000}", "line 2"),
    "too long": (f"title: T\nabout: {'x' * LARGEST}\nsteps: [{STEP}]", "longer than 100,000 characters"),
    "long by its values": (
        f"title: T\nvalues: {{a: {'x' * 20_000}}}\nabout: '{'{a}' * 20_000}'\nsteps: [{STEP}]",
        "line 3: with its values it is longer",
    ),
    "a title twice": (f"title: T\ntitle: U\nsteps: [{STEP}]", "line 2: title is already there, on line 1"),
    "an image twice": (
        checked("{check: image-present, image: a, image: b}"),
        "line 5: image is already there",
    ),
    "twice by a value": (
        "title: T\nvalues: {a: x}\nsteps:\n  - id: a\n    title: A\n    question:\n      wrong: {'{a}': A,\n x: B}",
        "line 8: x is already there",
    ),
    "negative points": (
        f"title: T\nsteps:\n  - points: -1\n    id: a\n    title: A\n    checks: [{CHECK}]",
        "line 3: this must be at least 0.",
    ),
    "too many points": (
        f"title: T\nsteps:\n  - points: 1001\n    id: a\n    title: A\n    checks: [{CHECK}]",
        "line 3: this must be at most 1000.",
    ),
    "points in words": (
        f"title: T\nsteps:\n  - points: many\n    id: a\n    title: A\n    checks: [{CHECK}]",
        "line 3: a whole number is needed here, not a text.",
    ),
    "a word for a list": (
        f"title: T\nsteps: {STEP}",
        "line 2: a list is needed here, not a mapping of names to values.",
    ),
    "nothing for a title": (f"title:\nsteps: [{STEP}]", "line 1: a text is needed here, not nothing."),
    "a long id": (f"title: T\nsteps: [{{id: {'a' * 41}, title: A, checks: [{CHECK}]}}]", "longer than 40 characters."),
    "a word nobody knows": (f"title: T\npoinst: 3\nsteps: [{STEP}]", "poinst has no meaning here."),
    "no title at all": (f"steps: [{STEP}]", "line 1: title is missing."),
    "a check nobody knows": (checked("{check: image-there}"), "line 5: image-there has no meaning here."),
    "a kind nobody knows": (
        "title: T\nsteps: [{id: q, title: Q, question: {ask: 'A?', kind: essay, answer: {choice: a}}}]",
        "line 2: essay has no meaning here.",
    ),
    "an id that is taken": (f"title: T\nsteps: [{STEP}, {STEP}]", "step a: its id is taken"),
    "neither checks nor a question": ("title: T\nsteps: [{id: a, title: A}]", "step a: it needs either checks or a"),
    "a step after one below": (
        f"title: T\nsteps: [{{id: a, title: A, after: [b], checks: [{CHECK}]}}]",
        "step a: after and undoes must name steps above it",
    ),
    "an absence at the beginning": (checked("{check: image-absent, image: x}"), "come after a step"),
    "an answer of another kind": (
        "title: T\nsteps: [{id: q, title: Q, question: {ask: 'A?', kind: number, answer: {choice: x}}}]",
        "step q: a number needs one answer of that kind: count-of",
    ),
    "a right choice that is none": (
        "title: T\nsteps: [{id: q, title: Q, question: {ask: B, kind: choice, answer: {choice: x}, choices: {y: Y}}}]",
        "step q: the right choice is not among the choices",
    ),
    "values that are no texts": (
        f"title: T\nvalues: {{port: 5000}}\nsteps: [{STEP}]",
        "values must be names with strings",
    ),
    "a value nobody gave": (
        "title: T\nsteps: [{id: a, title: '{nobody}', checks: []}]",
        "{nobody} has no value",
    ),
    "an empty id": (
        f"title: T\nsteps: [{{id: '', title: A, checks: [{CHECK}]}}]",
        "line 2: only letters, digits, _ and - can stand here",
    ),
    "an id that is an option": (
        f"title: T\nsteps: [{{id: --yes, title: A, checks: [{CHECK}]}}]",
        "line 2: only letters",
    ),
    "a wrong image": (
        checked("{check: image-present, image: 'NGINX:latest:latest//'}"),
        "step a: image of image-present cannot be 'NGINX:latest:latest//'",
    ),
    "a wrong image of many": (
        after_another("{check: no-container-of, images: [nginx, -]}"),
        "step b: images of no-container-of cannot be '-'",
    ),
    "none of many images": (
        after_another("{check: no-container-of, images: []}"),
        "step b: images of no-container-of is empty",
    ),
    "a domain that is a word": (checked("{check: registry-answers, domain: nowhere}"), "domain of registry-answers"),
    "a domain with a path": (checked("{check: registry-answers, domain: 'localhost:5000/v2'}"), "cannot be"),
    "a domain with a scheme": (checked("{check: registry-answers, domain: 'http://localhost'}"), "cannot be"),
    "an impossible port": (checked("{check: registry-answers, domain: 'localhost:99999'}"), "1 to 65535"),
    "an image at an impossible port": (checked("{check: image-present, image: 'localhost:0/a'}"), "1 to 65535"),
    "a published port": (
        checked("{check: port-published, name: reg, container-port: 70000, host-port: 5000}"),
        "container-port of port-published cannot be 70000",
    ),
    "a container's name": (
        checked("{check: container-runs, name: 'my registry', image: x}"),
        "cannot be 'my registry'",
    ),
    "a policy": (checked("{check: restart-policy, name: reg, policy: allways}"), "cannot be 'allways'"),
    "a catalog of nothing": (
        "title: T\nsteps: [{id: q, title: Q, question: {ask: 'A?', kind: set, answer: {catalog-of: here}}}]",
        "step q: catalog-of cannot be 'here'",
    ),
    "a question about no image": (
        (
            "title: T\nsteps: [{id: q, title: Q, question: {ask: B, kind: digest, "
            "answer: {manifest: {digest-of: 'a b'}}}}]"
        ),
        "step q: the question cannot be about 'a b'",
    ),
    "a likely wrong digest that nothing computes": (
        (
            "title: T\nsteps: [{id: q, title: Q, question: {ask: B, kind: digest, "
            "answer: {manifest: {digest-of: a}}, wrong: {b: B}}}]"
        ),
        "step q: b is no likely wrong digest",
    ),
    "a platform without a system": (
        checked("{check: for-platforms, image: a, platforms: [amd64]}"),
        "cannot be 'amd64': a platform is a system and a processor",
    ),
    "a word that YAML takes for a truth": (f"title: no\nsteps: [{STEP}]", "line 1: YAML takes no for a bool"),
    "a date that is none": (f"title: 2024-99-99\nsteps: [{STEP}]", "line 1: YAML takes 2024-99-99 for a timestamp"),
    "a number of 5,000 digits": (f"title: {'1' * 5000}\nsteps: [{STEP}]", "for an int"),
    "a tag": (f"title: !!int abc\nsteps: [{STEP}]", "line 1: YAML takes abc for an int"),
    "an object of Python": (f"title: !!python/object:os.system [x]\nsteps: [{STEP}]", "line 1: the tag"),
    "a merge": (f"title: T\n<<: {{about: x}}\nsteps: [{STEP}]", "line 2: YAML takes << for a merge"),
    "a list as a name": (f"title: T\n? [a]\n: b\nsteps: [{STEP}]", "line 2: the name of an entry is not a string"),
    "a control character": (f'title: "a\\0b"\nsteps: [{STEP}]', "line 1: it contains the control character '\\x00'"),
    "two labs": (f"title: T\nsteps: [{STEP}]\n---\ntitle: U\nsteps: [{STEP}]", "line 3: a second document begins"),
    "a character that YAML forbids": (f"title: a\x01b\nsteps: [{STEP}]", "is not YAML"),
}


@pytest.mark.parametrize("loader", ["libyaml", "Python"])
@pytest.mark.parametrize(("text", "says"), REFUSED.values(), ids=REFUSED)
def test_a_lab_file_nobody_should_have_written_is_refused_at_once(
    text: str, says: str, loader: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if loader == "Python":
        monkeypatch.setattr("labcheck.lab.tree.LOADER", yaml.SafeLoader)
    began = time.monotonic()
    with pytest.raises(InvalidLab) as refused:
        parse(text, "x")
    assert time.monotonic() - began < 20  # by pure Python, on a busy machine; without a bound it would be for ever
    assert str(refused.value).startswith("The lab file x.yaml")
    assert says in str(refused.value)
    assert "\n" not in str(refused.value)
    assert not re.search(r"`|\$|Expected|Object", str(refused.value))  # msgspec's own words
    assert refused.value.remedy


def test_every_field_of_every_check_has_a_rule() -> None:
    kinds = [getattr(checks, name) for name in checks.__all__ if name != "AnyCheck"]
    assert {field.name for kind in kinds for field in msgspec.structs.fields(kind)} == set(RULES)


@pytest.mark.parametrize("slug", slugs())
def test_without_libyaml_a_lab_is_read_the_same(slug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    quick = load(slug)
    monkeypatch.setattr("labcheck.lab.tree.LOADER", yaml.SafeLoader)
    assert load(slug) == quick


@pytest.mark.parametrize("kind", ["folder", "pipe", "latin-1", "endless", "a path that is no text"])
def test_what_is_no_lab_file_is_said_to_be_none(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "lab.yaml"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "latin-1":
        path.write_bytes("title: é".encode("latin-1"))
    elif kind == "endless":
        path.symlink_to("/dev/zero")
    else:
        path = tmp_path / "\udcff.yaml"
        path.write_text(checked(CHECK))
    with pytest.raises(InvalidLab, match="cannot be read"):
        load(str(path))


def test_a_file_that_is_cut_off_within_a_letter_is_too_long(tmp_path: Path) -> None:
    path = tmp_path / "lab.yaml"
    path.write_text("é" * 300_000, encoding="utf-8")
    with pytest.raises(InvalidLab, match="longer than 100,000 characters"):
        load(str(path))


def test_labs_of_one_file_name_are_two_labs(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "lab.yaml").write_text(checked(CHECK))
    one, other = load(str(tmp_path / "a" / "lab.yaml")), load(str(tmp_path / "b" / "lab.yaml"))
    assert one.slug != other.slug
    assert load(one.slug) == one


def test_a_lab_is_the_same_by_whatever_way_its_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "my labs").mkdir()
    file = tmp_path / "my labs" / "lab"
    file.write_text(checked(CHECK))
    (tmp_path / "link.yaml").symlink_to(file)
    monkeypatch.chdir(tmp_path)
    assert load("link.yaml").slug == load("./my labs/../my labs/lab").slug == load(str(file)).slug == str(file)


def test_a_lab_of_the_course_is_the_same_by_its_name_and_by_its_file() -> None:
    file = PACKAGE / "labs" / "03-push-and-pull.yaml"
    assert load(str(file)) == load("push-and-pull")
