"""What a cell calls to look at names and registries: one name is static, and what is no address is refused."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from labcheck.errors import Refused
from labcheck.notebook.explorer import Typed, explorer, typed
from labcheck.notebook.registry import domain_of
from labcheck.notebook.result import Result
from labcheck.render.explorer import Exercise


def test_one_name_is_shown_as_text_and_as_html_and_is_no_widget() -> None:
    shown = explorer("nginx")
    assert isinstance(shown, Result)
    assert repr(shown).startswith("nginx\n  domain     docker.io")
    assert "registry, filled in" in shown._repr_html_()


def test_what_is_typed_is_answered_with_the_box_as_it_was_and_a_sentence() -> None:
    first = typed("nginx", "nginx")
    assert first.say == ""
    more = typed(Typed("nginx:1").value, "nginx")
    assert more.say == "In full: docker.io/library/nginx:1"
    box = first.html.partition('data-part="read"')[0]
    assert more.html.partition('data-part="read"')[0] == box


def test_an_exercise_has_its_question_a_box_to_hand_in_and_no_answers_to_press() -> None:
    asks = Exercise("write", "What is <it>?")
    first = typed("", "", asks)
    assert '<form data-do="answer" data-step="write">' in first.html
    assert "What is &lt;it&gt;?" in first.html
    assert '<button type="submit" name="hand-in">Hand in</button>' in first.html
    assert 'data-do="try"' not in first.html
    refused = typed("https://ghcr.io/app", "", asks)
    assert "Write: ghcr.io/app" in refused.html
    assert 'data-do="try"' not in refused.html
    assert refused.html.partition('data-part="told"')[0] == first.html.partition('data-part="told"')[0]
    told = typed("nginx", "", replace(asks, told="Not <right>."))
    assert "<p>Not &lt;right&gt;.</p>" in told.html
    assert 'name="hand-in"' not in typed("nginx", "nginx").html


@pytest.mark.parametrize(
    ("written", "domain"),
    [
        ("localhost:5000", "localhost:5000"),
        (" http://localhost:5000/ ", "localhost:5000"),
        ("https://ghcr.io", "ghcr.io"),
        ("docker.io", "docker.io"),
        ("[::1]:5000", "[::1]:5000"),
    ],
)
def test_the_address_of_a_registry_is_what_docker_would_write_before_a_name(written: str, domain: str) -> None:
    assert domain_of(written) == domain


@pytest.mark.parametrize(
    "written", ["", "myhost", "localhost:5000/nginx", "a b", "http://", "x" * 500, "a_b.c:5", "\x1b"]
)
def test_what_is_no_address_of_a_registry_is_refused_with_an_example(written: str) -> None:
    with pytest.raises(Refused, match="is not the address of a registry") as refused:
        domain_of(written)
    assert "localhost:5000" in refused.value.remedy
