"""What `.ci/machine.py` decides and puts back, on folders of our own. Running `.ci/run` shows that it installs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import installation
import machine
import pytest

BOOKWORM = 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\nVERSION_ID="12"\n'
SIMULATION = """Reading package lists...
Inst runc (1.1.5 Debian:12/stable [amd64])
Inst docker.io (20.10.24 Debian:12/stable [amd64])
Conf runc (1.1.5 Debian:12/stable [amd64])
"""


@pytest.fixture
def etc(tmp_path: Path) -> Path:
    for link in ("systemd/system/multi-user.target.wants/cron.service", "rc3.d/S01cron", "rc0.d/K01cron"):
        enable(tmp_path, link)
    return tmp_path


def enable(etc: Path, link: str) -> None:
    path = etc / link
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to("/nowhere")


def elsewhere(program: str) -> subprocess.CompletedProcess[str]:
    """Run a program in a process of its own, beside the scripts, without a terminal and not in CI."""
    plain = {name: value for name, value in os.environ.items() if name != "CI"}
    return subprocess.run(
        [sys.executable, "-c", program],
        check=False,
        capture_output=True,
        text=True,
        timeout=240,
        stdin=subprocess.DEVNULL,
        env=plain,
        cwd=Path(machine.__file__).parent,
    )


NOBLE = """PRETTY_NAME="Ubuntu 24.04.3 LTS"
NAME="Ubuntu"
VERSION_ID="24.04"
VERSION="24.04.3 LTS (Noble Numbat)"
VERSION_CODENAME=noble
ID=ubuntu
ID_LIKE=debian
HOME_URL="https://www.ubuntu.com/"
UBUNTU_CODENAME=noble
LOGO=ubuntu-logo
"""
SYSTEMS = {
    "Debian 12": BOOKWORM,
    "Debian 13": 'PRETTY_NAME="Debian GNU/Linux 13 (trixie)"\nID=debian\nVERSION_ID="13"\n',
    "Debian testing": "ID=debian\n",
    "Ubuntu 22.04": 'NAME="Ubuntu"\nVERSION_ID="22.04"\nID=ubuntu\nID_LIKE=debian\n',
    "Ubuntu 24.04": NOBLE,
    "Mint": 'ID=linuxmint\nID_LIKE="ubuntu debian"\n',
    "quoted otherwise": "ID='ubuntu'\n",
}
OTHERS = {
    "Fedora": "ID=fedora\nVERSION_ID=42",
    "Rocky": 'ID="rocky"\nID_LIKE="rhel centos fedora"\n',
    "a name that only sounds like it": 'ID=debianic\nNAME="debian"\n',
    "nameless": "",
}
NAMES = frozenset(tool.package for tool in (machine.PYTHON, *machine.TOOLS, machine.BROWSER))
WITHOUT_CLIENT = NAMES - {"docker-cli"}
"""What Debian 12 and both Ubuntus offer: there ``docker`` comes inside the engine's package."""


@pytest.mark.parametrize("text", SYSTEMS.values(), ids=SYSTEMS)
def test_debian_and_its_likes_are_installed_for(text: str) -> None:
    assert machine.is_debian_like(text)


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_other_systems_are_left_alone(text: str) -> None:
    assert not machine.is_debian_like(text)


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_on_another_system_nothing_is_installed_and_that_is_said(
    text: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(machine, "os_release", lambda: text)
    lacking = machine.Tool("labcheck-no-such-tool", "labcheck-no-such-package", "this test")
    machine.make_ready([lacking], told_to=False)
    assert "only on Debian, Ubuntu and systems based on them" in capsys.readouterr().out
    with pytest.raises(installation.MachineError, match="only on Debian, Ubuntu"):
        machine.make_ready([lacking], told_to=True)


@pytest.mark.parametrize("text", SYSTEMS.values(), ids=SYSTEMS)
def test_what_is_installed_is_chosen_from_what_is_on_offer(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen: list[list[str]] = []
    monkeypatch.setattr(machine, "os_release", lambda: text)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(machine, "there", lambda _tool: bool(chosen))
    offer = NAMES if text.endswith('"13"\n') else WITHOUT_CLIENT
    monkeypatch.setattr(machine, "install", lambda choose: chosen.append(choose(offer)))
    machine.make_ready([machine.ENGINE, machine.CLIENT], told_to=True)
    assert chosen == [["docker-cli", "docker.io"] if "docker-cli" in offer else ["docker.io"]]


def test_before_the_lists_were_fetched_the_usual_names_are_told() -> None:
    assert machine.packages([machine.ENGINE, machine.CLIENT], frozenset()) == ["docker-cli", "docker.io"]


def test_what_is_not_on_offer_is_said() -> None:
    with pytest.raises(installation.MachineError, match=r"do not have slirp4netns\. .* universe"):
        machine.packages([machine.Tool("slirp4netns", "slirp4netns", "")], frozenset({"make"}))


def test_ubuntu_has_no_package_of_a_browser_and_goes_on_without(capsys: pytest.CaptureFixture[str]) -> None:
    assert machine.packages([machine.BROWSER, machine.ENGINE], NAMES - {"chromium"}) == ["docker.io"]
    assert "no package of a browser" in capsys.readouterr().out


def test_an_older_python_gets_the_newest_that_is_on_offer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "NEW_ENOUGH", False)
    assert machine.packages([machine.PYTHON], frozenset({"python3.11-venv", "python3.12-venv"})) == ["python3.12-venv"]


def test_where_there_is_an_engine_nothing_of_an_engine_is_installed() -> None:
    assert machine.packages([machine.CLIENT], NAMES) == ["docker-cli"]
    with pytest.raises(installation.MachineError, match="client that belongs to your engine"):
        machine.packages([machine.CLIENT], WITHOUT_CLIENT)


def test_no_package_brings_a_web_server_or_a_registry() -> None:
    names = {tool.package for tool in (machine.PYTHON, *machine.TOOLS, machine.BROWSER)}
    assert not names & {"nginx", "apache2", "docker-registry"}


def test_a_simulated_installation_names_what_it_would_bring() -> None:
    assert installation.unpacked(SIMULATION) == ["runc", "docker.io"]


def test_a_tool_outside_a_plain_users_path_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tool = machine.Tool("labcheck-test-tool", "none", "this test")
    assert not machine.there(tool)
    (tmp_path / tool.sign).write_text("#!/bin/sh\n")
    (tmp_path / tool.sign).chmod(0o755)
    monkeypatch.setattr(machine, "SYSTEM_FOLDERS", (str(tmp_path),))
    assert machine.there(tool)


def test_services_are_denied_and_the_policy_comes_back_as_it_was(tmp_path: Path) -> None:
    policy = tmp_path / "policy-rc.d"
    policy.write_text("#!/bin/sh\nexit 0\n")
    policy.chmod(0o751)
    before = policy.stat()
    with suppress(ZeroDivisionError), installation.no_service_starts(policy):
        assert subprocess.run([policy, "docker", "start"], check=False, timeout=240).returncode == 101
        raise ZeroDivisionError
    after = policy.stat()
    same = ("st_ino", "st_mode", "st_mtime_ns", "st_uid", "st_gid")
    assert [getattr(after, field) for field in same] == [getattr(before, field) for field in same]
    assert list(tmp_path.iterdir()) == [policy]


def test_where_there_was_no_policy_none_stays(tmp_path: Path) -> None:
    with installation.no_service_starts(tmp_path / "policy-rc.d"):
        assert list(tmp_path.iterdir())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("own", ["#!/bin/sh\nexit 0\n", None])
def test_a_killed_installation_is_put_right_by_the_next(tmp_path: Path, own: str | None) -> None:
    policy = tmp_path / "policy-rc.d"
    if own is not None:
        policy.write_text(own)
    killed = f"with installation.no_service_starts(pathlib.Path({str(policy)!r})): os._exit(9)"
    elsewhere(f"import installation, os, pathlib\n{killed}")
    assert policy.read_text() == installation.DENY
    with installation.no_service_starts(policy):
        assert policy.read_text() == installation.DENY
    assert [path.read_text() for path in tmp_path.iterdir()] == ([] if own is None else [own])


def test_only_what_was_newly_enabled_is_disabled(etc: Path) -> None:
    before = installation.enabled(etc)
    scripts: list[str] = []
    with suppress(ZeroDivisionError), installation.nothing_newly_enabled(etc, scripts.append):
        enable(etc, "systemd/system/sockets.target.wants/docker.socket")
        for runlevel in ("rc0.d/K", "rc2.d/S", "rc3.d/S"):
            enable(etc, f"{runlevel}01docker")
        raise ZeroDivisionError
    assert not os.path.lexists(etc / "systemd/system/sockets.target.wants/docker.socket")
    assert scripts == ["docker"]
    assert before <= installation.enabled(etc)


@pytest.mark.parametrize(("made_by_a_package", "after"), [(False, "the machine's own"), (True, "the package's")])
def test_certificates_no_package_made_are_kept(tmp_path: Path, *, made_by_a_package: bool, after: str) -> None:
    bundle, maker = tmp_path / "bundle", tmp_path / "maker"
    bundle.write_text("the machine's own")
    if made_by_a_package:
        maker.touch()
    with installation.trust_kept(bundle, maker):
        bundle.write_text("the package's")
    assert bundle.read_text() == after


def test_an_interruption_is_put_off_until_the_packages_are_installed() -> None:
    before = signal.getsignal(signal.SIGTERM)
    done = False
    with pytest.raises(KeyboardInterrupt), installation.uninterrupted():  # noqa: PT012 - what matters is how far it gets
        os.kill(os.getpid(), signal.SIGTERM)
        done = True
    assert done
    assert signal.getsignal(signal.SIGTERM) is before


def test_two_installations_wait_for_each_other_but_not_for_ever(tmp_path: Path) -> None:
    first_is_in, first_may_go = threading.Event(), threading.Event()

    def first() -> None:
        with installation.alone(tmp_path, seconds=5):
            first_is_in.set()
            first_may_go.wait(10)

    other = threading.Thread(target=first)
    other.start()
    assert first_is_in.wait(5)
    with pytest.raises(installation.MachineError, match="has not ended"), installation.alone(tmp_path, seconds=0.3):
        pytest.fail("two at once")
    first_may_go.set()
    other.join(5)
    with installation.alone(tmp_path, seconds=0.3):
        pass


def test_without_a_terminal_it_refuses_rather_than_waits() -> None:
    done = elsewhere("""
import machine, sys
machine.TOOLS = (machine.Tool("labcheck-no-such-tool", "make", "this test"),)
sys.exit(machine.main())
""")
    said = done.stdout + done.stderr
    assert "labcheck-no-such-tool" in said
    if os.geteuid() == 0 and machine.is_debian_like(machine.os_release()):
        assert done.returncode == 1
        assert "no terminal to ask in" in said
    else:
        assert done.returncode == 0
        assert "the unit tests run" in said
