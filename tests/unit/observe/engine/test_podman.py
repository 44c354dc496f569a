"""Podman's events and its identity, as Docker would give them; what was measured is written here as it came."""

from __future__ import annotations

import pytest

from labcheck.engine import Info
from labcheck.observe.engine.podman import as_docker, identity

NGINX = "a5ee45c07dcbf6f3a41d75a153dd0b9ceb73b2cc749f8b2e5ebd7e71566447f5"
PULLED = "localhost:5000/nginx:latest"
VOLUME = "v1"
INFO = {"Name": "labcheck", "DockerRootDir": "/var/lib/containers/storage", "BuildahVersion": "1.43.2"}


def told(kind: str, action: str, actor: str, name: str) -> tuple[str, str, str] | None:
    """Type and action, actor and name of what Docker would have reported."""
    actors = {"ID": actor, "Attributes": {"name": name, "image": ""}}
    event = as_docker({"Type": kind, "Action": action, "timeNano": 1, "Actor": actors})
    if event is None:
        return None
    said = event["Actor"]
    assert isinstance(said, dict)
    return f"{event['Type']}/{event['Action']}", said["ID"], said["Attributes"]["name"]


@pytest.mark.parametrize("action", ["pull", "push"])
def test_a_pull_and_a_push_are_of_a_name(action: str) -> None:
    """Podman gives the image's id; without this, a real pull back was said to be none."""
    assert told("image", action, NGINX, PULLED) == (f"image/{action}", PULLED, PULLED)


def test_an_image_has_the_id_that_a_look_gives() -> None:
    assert told("image", "tag", NGINX, PULLED) == ("image/tag", f"sha256:{NGINX}", PULLED)
    assert told("image", "untag", NGINX, PULLED) == ("image/untag", f"sha256:{NGINX}", PULLED)
    loaded = told("image", "loadfromarchive", NGINX, "api_load.tar1725275916")
    assert loaded == ("image/load", f"sha256:{NGINX}", "api_load.tar1725275916")
    assert told("image", "build", "", NGINX) == ("image/build", f"sha256:{NGINX}", NGINX)


def test_a_name_that_is_removed_removes_no_image() -> None:
    """``podman rmi`` of one of two names reports both; by its id, or in a prune, the image itself is gone."""
    assert told("image", "delete", NGINX, PULLED) is None
    assert told("image", "remove", NGINX, "docker.io/library/httpd:latest") is None
    assert told("image", "delete", NGINX, NGINX) == ("image/delete", f"sha256:{NGINX}", NGINX)
    assert told("image", "delete", NGINX, "") == ("image/delete", f"sha256:{NGINX}", "")


def test_what_goes_away_is_destroyed() -> None:
    assert told("container", "remove", "1", "my-registry") == ("container/destroy", "1", "my-registry")
    assert told("container", "die", "1", "my-registry") == ("container/die", "1", "my-registry")
    assert told("volume", "remove", "", VOLUME) == ("volume/destroy", VOLUME, VOLUME)


def test_each_answer_has_another_id_but_the_engine_is_the_same() -> None:
    assert identity({**INFO, "ID": "6ac365f4"}) == identity({**INFO, "ID": "2a2cc9e8"})
    assert identity(INFO) != identity({**INFO, "DockerRootDir": "/home/ben/.local/share/containers/storage"})
    assert identity(INFO) != identity({**INFO, "Name": "another"})


def test_its_events_prove_no_transfer() -> None:
    assert not Info(INFO).dialect.proves_transfers
    assert Info({"ID": "1", "ServerVersion": "28.5.2"}).dialect.proves_transfers
