"""The parts of the course's start that need no engine."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from pathlib import Path

import pytest

from labcheck.errors import Refused
from labcheck.home import MARK, home
from labcheck.sandbox.threads import beside
from labcheck.start import browser, refusal
from labcheck.start.as_learner import as_learner
from labcheck.start.learner.bashrc import bashrc
from labcheck.start.learner.jupyterlab import JupyterLab
from labcheck.start.learner.workspace import FILE

SANDBOX = {MARK: "abc", "DOCKER_CONFIG": "/run/here", "LABCHECK_HOME": "/home/it's mine"}


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LABCHECK_HOME", str(tmp_path / "home"))
    home().mkdir()


def in_a_terminal(tmp_path: Path, own: str, shell: str, inside: Mapping[str, str] = SANDBOX) -> str:
    """What the shell of a terminal says, for somebody with this ``.bashrc``."""
    (tmp_path / ".bashrc").write_text(own, encoding="utf-8")
    (tmp_path / "rc").write_text(bashrc(inside, "/the course/bin"), encoding="utf-8")
    said = subprocess.run(
        ["bash", "--rcfile", str(tmp_path / "rc"), "-i", "-c", shell],
        env={"HOME": str(tmp_path), "PATH": os.environ["PATH"], **inside},
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
        start_new_session=True,
    )
    return said.stdout


@pytest.mark.parametrize("rest", ["", "false", "return 3", "set -u", "alias docker=podman; docker() { echo no; }"])
def test_no_bashrc_leads_elsewhere(tmp_path: Path, rest: str) -> None:
    own = f"export DOCKER_HOST=tcp://x DOCKER_TLS_VERIFY=1 COMPOSE_FILE=y DOCKER_CONFIG=/z PATH=/usr/bin:/bin; {rest}"
    said = in_a_terminal(tmp_path, own, "env; type docker; echo $PATH")
    lines = said.splitlines()
    assert not [line for line in lines if line.startswith(("DOCKER_HOST", "DOCKER_TLS", "COMPOSE"))]
    assert {"DOCKER_CONFIG=/run/here", "LABCHECK_HOME=/home/it's mine", f"{MARK}=abc"} <= set(lines)
    assert "alias" not in said
    assert "function" not in said
    assert lines[-1] == "/the course/bin:/usr/bin:/bin"


def test_what_has_nothing_to_do_with_engines_stays(tmp_path: Path) -> None:
    said = in_a_terminal(tmp_path, "export MINE=1 NO_PROXY=here; alias ll='ls -l'", "echo $MINE $NO_PROXY; alias ll")
    assert said.splitlines() == [
        "1 here,localhost,127.0.0.1,::1,127.83.0.1",
        "alias ll='ls -l'",
    ]


def test_with_an_engine_of_their_own_the_bashrc_decides(tmp_path: Path) -> None:
    said = in_a_terminal(tmp_path, "export DOCKER_HOST=tcp://x", "echo $DOCKER_HOST $PATH", {})
    assert said.startswith("tcp://x /the course/bin:")


def test_signals_are_left_to_the_main_thread() -> None:
    blocked: list[set[int]] = []
    beside(lambda: blocked.append(signal.pthread_sigmask(signal.SIG_BLOCK, ()))).join(5)
    assert {signal.SIGINT, signal.SIGTERM, signal.SIGHUP} <= blocked[0]
    assert not {signal.SIGINT, signal.SIGTERM, signal.SIGHUP} & signal.pthread_sigmask(signal.SIG_BLOCK, ())


def test_the_learner_finds_labcheck_and_its_home() -> None:
    command = as_learner(["env"], None, os.environ)
    said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=20).stdout.splitlines()
    assert f"LABCHECK_HOME={home()}" in said
    path = next(line for line in said if line.startswith("PATH="))
    assert path.startswith(f"PATH={sysconfig.get_path('scripts')}:")


def test_jupyterlab_is_told_nothing_by_another_jupyter(tmp_path: Path) -> None:
    own = {"JUPYTER_CONFIG_DIR": "/x", "JUPYTERLAB_DIR": "/x", "JPY_PARENT_PID": "1", "IPYTHONDIR": "/x", "LANG": "C"}
    told = JupyterLab(tmp_path, tmp_path / "settings", tmp_path / "memory").environment(own)
    assert "/x" not in told.values()
    assert "JPY_PARENT_PID" not in told
    assert told["LANG"] == "C"


def test_jupyterlab_keeps_what_the_learner_arranged(tmp_path: Path) -> None:
    (tmp_path / "memory").mkdir()
    jupyterlab = JupyterLab(tmp_path, tmp_path / "settings", tmp_path / "memory")
    jupyterlab.prepare(SANDBOX)
    tokens = {(tmp_path / "memory/token").read_text(encoding="ascii")}
    (tmp_path / "settings" / FILE).write_text("mine", encoding="utf-8")
    jupyterlab.prepare(SANDBOX)
    tokens.add((tmp_path / "memory/token").read_text(encoding="ascii"))
    assert (tmp_path / "settings" / FILE).read_text(encoding="utf-8") == "mine"
    assert len(tokens) == 2
    assert stat.S_IMODE((tmp_path / "memory/token").stat().st_mode) == 0o600


def test_the_token_is_on_no_command_line(tmp_path: Path) -> None:
    (tmp_path / "memory").mkdir()
    jupyterlab = JupyterLab(tmp_path, tmp_path / "settings", tmp_path / "memory")
    jupyterlab.prepare(SANDBOX)
    token = (tmp_path / "memory/token").read_text(encoding="ascii")
    assert token not in " ".join([*jupyterlab.command(), *jupyterlab.environment({}).values()])


def test_what_jupyterlab_and_ipython_write_is_the_owners_alone(tmp_path: Path) -> None:
    (tmp_path / "memory").mkdir()
    jupyterlab = JupyterLab(tmp_path, tmp_path / "settings", tmp_path / "memory")
    before = tmp_path / "settings/ipython/profile_default/history.sqlite"
    before.parent.mkdir(parents=True)
    before.write_text("typed with an older labcheck", encoding="utf-8")
    before.chmod(0o644)
    jupyterlab.prepare(SANDBOX)
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "settings", jupyterlab.log, before)}
    assert modes == {tmp_path / "settings": 0o700, jupyterlab.log: 0o600, before: 0o600}
    assert before.read_text(encoding="utf-8") == "typed with an older labcheck"


def test_a_folders_name_is_not_printed_raw(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    command = [sys.executable, "-m", "labcheck.start.learner", str(tmp_path / "file/a\x1b[31m"), str(tmp_path)]
    said = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)
    assert said.returncode == 2
    assert said.stderr.startswith(f"labcheck: The notebooks cannot be laid out in {tmp_path}/file/a\\x1b[31m (Not a")


def test_trouble_with_the_journal_is_told_once(tmp_path: Path) -> None:
    code = "from labcheck.start.learner import recorder as it; it.RETRY = 0.05; it.record(print)"
    code = f"{code}; import time; time.sleep(0.5)"
    said = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"LABCHECK_JOURNAL": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    assert said.stdout == f"The journal cannot be at {tmp_path}: that is a folder.\n"


def test_inside_the_course_there_is_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    refusal.check()
    monkeypatch.setenv(MARK, "abc")
    with pytest.raises(Refused, match="the course is open already"):
        refusal.check()


def test_without_jupyterlab_it_says_what_to_install() -> None:
    hide = "import importlib.util as u; u.find_spec = lambda name: None; "
    code = f"{hide}import sys; sys.argv[1:] = ['start']; from labcheck.cli import main; main()"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=20)
    assert (said.returncode, said.stderr) == (
        2,
        "labcheck: JupyterLab is not installed.\n  Install it with: pip install 'labcheck[notebook]'\n",
    )


def test_no_browser_is_opened_as_root_or_where_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROWSER", "false")
    if os.geteuid() == 0:
        monkeypatch.delenv("SUDO_UID", raising=False)
        assert not browser.show("http://127.0.0.1:1/", tmp_path)
        monkeypatch.setenv("SUDO_UID", "65534")
    for name in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert not browser.show("http://127.0.0.1:1/", tmp_path)
