"""What differs on Windows, macOS and Linux, tried with their values: none of them is needed for that."""

from __future__ import annotations

import os

import pytest

from labcheck.observe.engine.endpoint import Endpoint
from labcheck.sandbox.container import host
from labcheck.sandbox.container.unfit import unfit


@pytest.mark.parametrize(
    ("system", "folder", "mounted"),
    [
        ("win32", r"C:\Users\ann\labcheck-course", "C:/Users/ann/labcheck-course"),
        ("win32", r"D:\Übungen 2026\registry", "D:/Übungen 2026/registry"),
        ("darwin", "/Users/ann/labcheck-course", "/Users/ann/labcheck-course"),
        ("linux", "/home/ann/with\\backslash", "/home/ann/with\\backslash"),
    ],
)
def test_the_folder_as_docker_takes_it(system: str, folder: str, mounted: str) -> None:
    assert host.mounted(folder, system) == mounted


def test_the_learner_has_their_own_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "getuid", lambda: 501)
    monkeypatch.setattr(os, "getgid", lambda: 20)
    assert host.ids() == (501, 20)


def test_windows_has_no_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "getuid")
    assert host.ids() == (1000, 1000)


def test_a_folder_that_is_not_shared_has_its_remedy() -> None:
    assert "Docker Desktop" in host.sharing("darwin")
    assert "Docker Desktop" in host.sharing("win32")
    assert "Docker Desktop" not in host.sharing("linux")


@pytest.mark.parametrize(
    "address",
    [
        "npipe:////./pipe/docker_engine",
        "npipe:////./pipe/dockerDesktopLinuxEngine",
        "unix:///Users/ann/.docker/run/docker.sock",
        "unix:///Users/ann/.colima/default/docker.sock",
        "tcp://127.0.0.1:2375",
    ],
)
def test_an_engine_of_this_machine_will_do(address: str) -> None:
    assert unfit({"OSType": "linux", "SecurityOptions": ["name=seccomp,profile=builtin"]}, Endpoint(address)) == ""


@pytest.mark.parametrize(
    ("info", "address", "why"),
    [
        ({}, "tcp://192.0.2.7:2376", "another machine"),
        ({}, "ssh://ann@192.0.2.7", "another machine"),
        ({"OSType": "windows"}, "npipe:////./pipe/docker_engine", "Windows containers"),
        ({"SecurityOptions": ["name=rootless"]}, "unix:///run/user/1000/docker.sock", "without root"),
        ({"BuildahVersion": "1.33"}, "unix:///run/podman/podman.sock", "Podman"),
    ],
)
def test_an_engine_that_will_not_do_is_told_why(info: dict[str, object], address: str, why: str) -> None:
    assert why in unfit(info, Endpoint(address))
