"""What is said of an engine that is not running is about the engine that was looked at, not about Podman's."""

from __future__ import annotations

from labcheck.mistake.known import named


def test_what_was_seen_is_explained_by_docker_and_a_message_of_podman_by_podman() -> None:
    page = named("engine-not-running")
    assert "podman" not in str(page.when_seen)
    assert "Ctrl-C where labcheck start was typed" in str(page.when_seen)
    assert "podman machine start" in str(page.sayings)
