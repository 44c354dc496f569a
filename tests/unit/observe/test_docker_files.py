"""Of Docker's own files, only names enter the evidence: never a password, and on a learner's engine never another's."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from labcheck.cause import Unreadable
from labcheck.observe import docker_files
from labcheck.observe.docker_files import logins, trust
from labcheck.observe.relevance import Relevance
from labcheck.observe.trouble import CannotLook
from labcheck.query import Subject

DOMAIN = "registry.test:5443"
SECRET = "YWRhOnNlY3JldA=="  # noqa: S105 - what must not be seen
COURSE = Relevance(Subject(), everything=True)
OWN = Relevance(Subject(domains=frozenset({DOMAIN})))


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The file of the docker command's settings, which is not there yet."""
    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path))
    return tmp_path / "config.json"


@pytest.fixture
def certs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The folder of trusted certificates, which is not there yet."""
    monkeypatch.setattr(docker_files, "CERTS", tmp_path / "certs.d")
    return tmp_path / "certs.d"


@pytest.mark.parametrize(
    ("written", "registries"),
    [
        ({}, []),
        ({"auths": {DOMAIN: {"auth": SECRET}}}, [DOMAIN]),
        ({"auths": {f"https://{DOMAIN}/v2/": {"identitytoken": SECRET}}}, [DOMAIN]),
        ({"auths": {"https://index.docker.io/v1/": {"auth": SECRET}}}, ["docker.io"]),
        ({"auths": {DOMAIN: {}}}, []),
        ({"auths": {DOMAIN: {}}, "credsStore": "pass"}, [DOMAIN]),
        ({"auths": {DOMAIN: {}}, "credHelpers": {DOMAIN: "pass"}}, [DOMAIN]),
        ({"auths": {"b:1": {"auth": SECRET}, "a:1": {"auth": SECRET}}}, ["a:1", "b:1"]),
        ({"auths": [SECRET], "credsStore": 1}, []),
        ([SECRET], []),
    ],
)
def test_a_login_is_told_by_its_registry_only(written: object, registries: list[str], settings: Path) -> None:
    settings.write_text(json.dumps(written))
    found = logins()(COURSE).value
    assert found == {"registries": registries, "others": 0}
    assert SECRET.encode() not in msgspec.json.encode(found)


def test_without_settings_there_is_no_login(settings: Path) -> None:
    assert not settings.exists()
    assert logins()(COURSE).value == {"registries": [], "others": 0}


@pytest.mark.parametrize("written", [b"{", b'{"auths": "\xff"}', b'"' + b"x" * (1 << 20)])
def test_damaged_settings_are_no_proof_of_anything(written: bytes, settings: Path) -> None:
    settings.write_bytes(written)
    with pytest.raises(CannotLook, match="cannot be read") as trouble:
        logins()
    assert trouble.value.cause == Unreadable()


def test_on_a_learners_own_engine_other_registries_are_counted_and_not_named(settings: Path, certs: Path) -> None:
    auths = {name: {"auth": SECRET} for name in (DOMAIN, "work.example", "registry.test")}
    settings.write_text(json.dumps({"auths": auths}))
    assert logins()(OWN).value == {"registries": [DOMAIN], "others": 2}
    for name in (DOMAIN, "registry.test", "work.example"):
        (certs / name).mkdir(parents=True)
    assert trust()(OWN).value == {"folders": {DOMAIN: [], "registry.test": []}}


def test_trusted_certificates_are_told_by_folder_and_file(certs: Path) -> None:
    assert trust()(COURSE).value == {"folders": {}}
    (certs / DOMAIN).mkdir(parents=True)
    for name in ("ca.crt", "ca.pem"):
        (certs / DOMAIN / name).write_text(SECRET)
    (certs / "ca.crt").write_text(SECRET)
    assert trust()(COURSE).value == {"folders": {DOMAIN: ["ca.crt", "ca.pem"]}}
