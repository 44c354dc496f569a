"""What an ordinary user lacks to make a sandbox is named, with its remedy."""

from __future__ import annotations

import getpass
from pathlib import Path

import pytest

from labcheck.errors import SandboxError
from labcheck.sandbox.outside import lacking
from labcheck.sandbox.outside.rootless import MAPPERS

RESERVED = f"other:100000:65536\n{getpass.getuser()}:165536:65536\n"
LIMIT, DEBIANS, UBUNTUS = (name.replace(".", "/") for name in lacking.SWITCHES)
PROFILE = f"apparmor.d/{lacking.OF_UNSHARE}"
NO_NEW_PRIVS = "Name:\tpython3\nNoNewPrivs:\t1\nSeccomp:\t0\n"


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Ubuntu 24.04 with everything: its files and programs are in this folder."""
    for name in ("user", "kernel", "ns", "apparmor.d/disable"):
        (tmp_path / name).mkdir(parents=True)
    for name, text in {
        LIMIT: "96365\n",
        UBUNTUS: "0\n",
        "kernel/osrelease": "6.8.0-87-generic\n",
        "ns/user": "",
        "status": "Name:\tpython3\nNoNewPrivs:\t0\nSeccomp:\t0\n",
        "enabled": "Y\n",
        "subuid": RESERVED,
        "subgid": RESERVED,
        **dict.fromkeys(MAPPERS, ""),
    }.items():
        (tmp_path / name).write_text(text)
    for name in MAPPERS:
        (tmp_path / name).chmod(0o4755)
    monkeypatch.setattr(lacking, "SETTINGS", tmp_path)
    monkeypatch.setattr(lacking, "PROC", tmp_path)
    monkeypatch.setattr(lacking, "APPARMOR", tmp_path / "apparmor.d")
    monkeypatch.setattr(lacking, "ENABLED", tmp_path / "enabled")
    monkeypatch.setattr(lacking, "RESERVED", (tmp_path / "subuid", tmp_path / "subgid"))
    return tmp_path


def test_nothing_is_lacking(machine: Path) -> None:
    lacking.check(str(machine))


def test_a_block_of_ids_that_is_too_small_hides_no_other(machine: Path) -> None:
    for file in ("subuid", "subgid"):
        (machine / file).write_text(f"{getpass.getuser()}:100000:1000\n{RESERVED}")
    lacking.check(str(machine))


@pytest.mark.parametrize(
    ("file", "text", "says", "remedy"),
    [
        (LIMIT, "0\n", "forbids", "user.max_user_namespaces=10000"),
        (DEBIANS, "0\n", "forbids", "unprivileged_userns_clone=1"),
        (UBUNTUS, "1\n", "forbids", "apparmor_restrict_unprivileged_userns=0"),
        (PROFILE, "profile unshare", "AppArmor forbids to the program unshare", "apparmor_parser -R"),
        ("status", NO_NEW_PRIVS, "no_new_privs", "another terminal"),
        ("subuid", "other:100000:65536\n", "65536 ids", "usermod --add-subuids"),
        ("subgid", "", "65536 ids", "usermod --add-subuids"),
        ("subuid", f"{getpass.getuser()}:100000:1000\n", "65536 ids", "usermod --add-subuids"),
    ],
)
def test_what_is_lacking_has_a_remedy(machine: Path, file: str, text: str, says: str, remedy: str) -> None:
    (machine / file).write_text(text)
    with pytest.raises(SandboxError, match=says) as error:
        lacking.check(str(machine))
    assert remedy in error.value.remedy
    assert lacking.OR_ROOT in error.value.remedy


@pytest.mark.parametrize(
    ("text", "free"),
    [("", "100000-165535"), ("a:100000:65536\nbroken\nb:x:y\nb:231072:65536\n", "296608-362143")],
)
def test_the_ids_that_are_proposed_are_nobody_s(machine: Path, text: str, free: str) -> None:
    for file in ("subuid", "subgid"):
        (machine / file).write_text(text)
    with pytest.raises(SandboxError) as error:
        lacking.check(str(machine))
    assert f"usermod --add-subuids {free} --add-subgids {free} " in error.value.remedy


@pytest.mark.parametrize(
    ("file", "says", "remedy"),
    [("ns/user", "kernel does not have", "has them"), ("newgidmap", "not installed", "apt-get install uidmap")],
)
def test_what_is_not_there_has_a_remedy(machine: Path, file: str, says: str, remedy: str) -> None:
    (machine / file).unlink()
    with pytest.raises(SandboxError, match=says) as error:
        lacking.check(str(machine))
    assert remedy in error.value.remedy


def test_a_newuidmap_that_lost_its_right_as_copies_of_a_system_do(machine: Path) -> None:
    (machine / "newuidmap").chmod(0o755)
    with pytest.raises(SandboxError, match="without that right") as error:
        lacking.check(str(machine))
    assert "--reinstall uidmap" in error.value.remedy


@pytest.mark.parametrize("undone", ["apparmor.d/disable/unshare-userns-restrict", "enabled"])
def test_a_profile_that_is_disabled_or_not_enforced_forbids_nothing(machine: Path, undone: str) -> None:
    (machine / PROFILE).write_text("profile unshare")
    (machine / undone).write_text("N\n")
    lacking.check(str(machine))


def test_a_machine_without_apparmor_and_without_any_of_the_settings(machine: Path) -> None:
    for name in (LIMIT, UBUNTUS, "enabled"):
        (machine / name).unlink()
    lacking.check(str(machine))


@pytest.mark.parametrize(
    ("release", "is_old"),
    [
        ("4.18.0-553.el8_10.x86_64", True),
        ("5.4.0-150-generic", True),
        ("5.10.0-28-amd64", True),
        ("5.11.0", False),
        ("5.15.0-122-generic", False),
        ("5.15.153.1-microsoft-standard-WSL2", False),
        ("6.1.0-25-amd64", False),
        ("6.12.0-16-generic", False),
        ("unheard of", False),
    ],
)
def test_an_old_kernel_is_tried(machine: Path, monkeypatch: pytest.MonkeyPatch, *, release: str, is_old: bool) -> None:
    (machine / "kernel/osrelease").write_text(f"{release}\n")
    monkeypatch.setattr(lacking, "overlay_works", lambda: True)
    lacking.check(str(machine))
    monkeypatch.setattr(lacking, "overlay_works", lambda: False)
    if not is_old:
        lacking.check(str(machine))
        return
    with pytest.raises(SandboxError, match=f"Linux 5.11 or newer.*this is {release}"):
        lacking.check(str(machine))
