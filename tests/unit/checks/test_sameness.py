"""Whether a registry holds an image: layers and configuration decide, ids only if they are equal."""

from __future__ import annotations

import json

import pytest

from labcheck.checks.sameness import is_same
from labcheck.configuration import FIELD
from labcheck.engine import Image
from labcheck.oci import Stored

MANIFEST = {"config": {"digest": "sha256:config"}, "layers": []}
HELD = Stored(
    {
        "digest": "sha256:index",
        "manifests": {"sha256:manifest": json.dumps(MANIFEST)},
        "platforms": [
            {"digest": "sha256:manifest", "layers": ["sha256:a", "sha256:b"], "configuration": "sha256:settings"}
        ],
    }
)
OLDER = Stored({"digest": "sha256:index", "platforms": [{"layers": ["sha256:a", "sha256:b"]}]})


def image(*layers: str, configuration: str = "", identity: str = "sha256:1") -> Image:
    return Image({"Id": identity, "RootFS": {"Layers": list(layers)}, FIELD: configuration})


@pytest.mark.parametrize("identity", ["sha256:index", "sha256:manifest", "sha256:config"])
def test_an_id_that_the_registry_has_is_the_same_even_where_nothing_is_unpacked(identity: str) -> None:
    assert is_same(image(identity=identity), HELD) is True


def test_without_layers_and_with_another_id_nobody_can_tell() -> None:
    assert is_same(image(), HELD) is None


def test_other_layers_are_another_image() -> None:
    assert is_same(image("sha256:a", configuration="sha256:settings"), HELD) is False


def test_the_same_layers_with_other_settings_are_another_image() -> None:
    layers = ("sha256:a", "sha256:b")
    assert is_same(image(*layers, configuration="sha256:settings"), HELD) is True
    assert is_same(image(*layers, configuration="sha256:edited"), HELD) is False


def test_settings_that_nobody_saw_do_not_make_another() -> None:
    layers = ("sha256:a", "sha256:b")
    assert is_same(image(*layers), HELD) is True
    assert is_same(image(*layers, configuration="sha256:settings"), OLDER) is True
