"""Whether a registry answers, and how long asking takes."""

from __future__ import annotations

import time

import pytest

from labcheck.sandbox import upstream


def test_docker_hub_is_known_by_its_answer(registry: str, log_in_page: str, broken: str) -> None:
    assert upstream.is_docker_hub(registry, 1)
    assert not upstream.is_docker_hub(log_in_page, 1)
    assert not upstream.is_docker_hub(broken, 1)


@pytest.mark.parametrize("url", ["http://127.0.0.1:9", "https://127.0.0.1:9"])
def test_nobody_there_is_no_docker_hub(url: str) -> None:
    assert not upstream.is_docker_hub(url, 1)


def test_choosing_never_waits_longer_than_told(silent: str) -> None:
    began = time.monotonic()
    assert not upstream.is_docker_hub(silent, 0.4)
    assert not upstream.answers(silent, 0.4)
    assert time.monotonic() - began < 10


def test_a_registry_that_asks_for_a_password_answers_and_one_in_trouble_does_not(registry: str, broken: str) -> None:
    assert upstream.answers(registry, 1)
    assert not upstream.answers(broken, 0.2)
