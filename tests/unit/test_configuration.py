"""An image's configuration is one digest: the same from an engine and from a registry, another after an edit."""

from __future__ import annotations

import pytest

from labcheck import configuration

SETTINGS: dict[str, object] = {
    "Env": ["PATH=/bin"],
    "Cmd": ["nginx", "-g", "daemon off;"],
    "ExposedPorts": {"80/tcp": {}},
}
ENGINE: dict[str, object] = {
    "Id": "sha256:1",
    "Os": "linux",
    "Architecture": "amd64",
    "Created": "2026-11-27",
    "Config": SETTINGS,
}
BLOB: dict[str, object] = {
    "os": "linux",
    "architecture": "amd64",
    "rootfs": {"type": "layers"},
    "config": SETTINGS,
    "history": [{}],
}


def test_engine_and_registry_write_it_alike() -> None:
    padded = {**SETTINGS, "Labels": None, "Volumes": {}, "User": "", "Hostname": "c0ffee", "Image": "nginx"}
    known = configuration.stored(BLOB)
    assert known.startswith("sha256:")
    assert configuration.inspected({**ENGINE, "Config": padded}) == known == configuration.inspected(ENGINE)


@pytest.mark.parametrize(
    "edit",
    [
        {"Env": ["PATH=/bin", "A=b"]},
        {"Cmd": ["sh"]},
        {"Cmd": ["-g", "nginx", "daemon off;"]},
        {"Entrypoint": ["/start"]},
        {"ExposedPorts": {"80/tcp": {}, "443/tcp": {}}},
        {"Volumes": {"/data": {}}},
        {"Labels": {"a": "b"}},
        {"User": "nobody"},
        {"WorkingDir": "/srv"},
        {"StopSignal": "SIGQUIT"},
        {"Healthcheck": {"Test": ["CMD", "true"]}},
        {"OnBuild": ["RUN true"]},
    ],
)
def test_each_edit_makes_another(edit: dict[str, object]) -> None:
    assert configuration.inspected({**ENGINE, "Config": {**SETTINGS, **edit}}) != configuration.inspected(ENGINE)
    assert configuration.stored({**BLOB, "config": {**SETTINGS, **edit}}) != configuration.stored(BLOB)


def test_another_platform_makes_another() -> None:
    assert configuration.inspected({**ENGINE, "Architecture": "arm64"}) != configuration.inspected(ENGINE)


@pytest.mark.parametrize("image", [None, {}, {"Config": None}, {"Config": []}])
def test_what_an_engine_does_not_say_is_unknown(image: object) -> None:
    assert configuration.inspected(image) == ""


@pytest.mark.parametrize("blob", [None, {}, {"config": SETTINGS}, []])
def test_what_is_not_an_image_has_none(blob: object) -> None:
    assert configuration.stored(blob) == ""
