"""What JupyterLab is told, and what it keeps: to itself, and as the learner arranged it."""

from __future__ import annotations

import stat
from pathlib import Path

from labcheck.home import MARK
from labcheck.start.learner.jupyterlab import JupyterLab
from labcheck.start.learner.workspace import FILE

SANDBOX = {MARK: "abc", "DOCKER_CONFIG": "/run/here", "LABCHECK_HOME": "/home/it's mine"}


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
