"""JupyterLab's configuration: where it serves, what it opens with, what it leaves alone.

Its settings, its data and IPython's are in the course's home, not in the learner's ``~/.jupyter``, which is neither
read nor written. It does not contact the internet for news or updates.
"""

from __future__ import annotations

import os
import secrets
import shutil
import sys
import sysconfig
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import msgspec

import labcheck.notebook
from labcheck.files import PRIVATE, write_whole
from labcheck.home import opening
from labcheck.sandbox.places import PAGE, TOKEN
from labcheck.start.learner.bashrc import bashrc
from labcheck.start.learner.lesson import last_lesson
from labcheck.start.learner.prompt import prompt
from labcheck.start.learner.workspace import lay

FILES: dict[str, object] = {
    # %%terminal, and a line for what is no Python, are there in each kernel without an import.
    "ipython/profile_default/ipython_kernel_config.json": {"InteractiveShellApp": {"extensions": ["labcheck"]}},
    "labconfig/default_setting_overrides.json": {
        "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
        # A command that is longer than the cell is wide goes on in the next line, as in a terminal.
        # A notebook ends where its last cell does: below, a page without anything looks like a fault.
        "@jupyterlab/notebook-extension:tracker": {"codeCellConfig": {"lineWrap": True}, "scrollPastEnd": False},
        # What is typed is saved every few seconds.
        "@jupyterlab/docmanager-extension:plugin": {"autosaveInterval": 5},
    },
    "labconfig/page_config.json": {
        "labcheckOpening": opening(),
        "buildAvailable": False,
        "buildCheck": False,
        "disabledExtensions": {
            "@jupyterlab/apputils-extension:announcements": True,
            "@jupyterlab/extensionmanager-extension": True,
            "@jupyterlab/fileeditor-extension:language-server": True,
            "@jupyterlab/lsp-extension": True,
            "@jupyterlab/notebook-extension:language-server": True,
        },
    },
    # Looking for language servers would create node's folders in the learner's home.
    "jupyter_server_config.d/course.json": {
        "ServerApp": {
            "jpserver_extensions": {
                "jupyter_lsp": False,
                "labcheck.notebook.page_server": True,
                "labcheck.notebook.failed_command": True,
            }
        }
    },
}
LABEXTENSIONS = Path(labcheck.notebook.__file__).with_name("labextensions")
"""Our extension of JupyterLab: it is served as it is."""
HISTORY = "ipython/profile_default/history.sqlite"
"""IPython's history of what is typed in notebooks."""
_FOREIGN = ("JUPYTER", "JPY_", "IPYTHONDIR")
"""Variables of a Jupyter server in whose terminal we may be running."""


@dataclass(frozen=True, slots=True)
class JupyterLab:
    """The course's JupyterLab: the notebooks' folder, where its settings are, and a folder in memory."""

    folder: Path
    settings: Path
    place: Path
    program: ClassVar[str] = "jupyterlab"

    def prepare(self, own: Mapping[str, str]) -> None:
        """Write the files that it and its terminals will read, readable by nobody else. Raises ``OSError``."""
        self.settings.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.settings.chmod(0o700)
        for file in (self.log, self.settings / HISTORY):
            _keep_to_the_owner(file)
        for name, content in FILES.items():
            path = self.settings / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(msgspec.json.format(msgspec.json.encode(content)) + b"\n")
        lay(self.settings)
        text = bashrc(own, sysconfig.get_path("scripts")) + prompt(self.place, self.base(own))
        (self.place / "bashrc").write_text(text, encoding="utf-8")
        write_whole(self.place / TOKEN, self.token(own).encode(), mode=PRIVATE)

    def token(self, _own: Mapping[str, str]) -> str:
        """What lets somebody in: a secret of this start."""
        return secrets.token_hex(24)

    def base(self, _own: Mapping[str, str]) -> str:
        """The path that its server is at."""
        return "/"

    @property
    def log(self) -> Path:
        """Its log file."""
        return self.settings / "jupyterlab.log"

    def environment(self, own: Mapping[str, str]) -> dict[str, str]:
        """Its environment, and that of its kernels and terminals."""
        kept = {name: value for name, value in own.items() if not name.startswith(_FOREIGN)}
        return kept | {
            "JUPYTER_CONFIG_DIR": str(self.settings),
            "JUPYTER_DATA_DIR": str(self.settings / "data"),
            "JUPYTER_RUNTIME_DIR": str(self.place / "runtime"),
            "JUPYTER_TOKEN_FILE": str(self.place / TOKEN),
            # Our settings take precedence over those of the Python environment, which may also be used for other
            # things.
            "JUPYTER_PREFER_ENV_PATH": "0",
            "IPYTHONDIR": str(self.settings / "ipython"),
        }

    @property
    def first_page(self) -> str:
        """What it opens with."""
        page = last_lesson(self.settings)
        return f"/lab/tree/{page}" if (self.folder / page).exists() else "/lab"

    def command(self) -> list[str]:
        """The command to start."""
        options = {
            "ServerApp.root_dir": self.folder,
            "ServerApp.sock": self.place / PAGE,
            # Kept, as the port is: a browser that was let in once finds the course again without the token.
            "ServerApp.cookie_secret_file": self.settings / "cookie_secret",
            "ServerApp.open_browser": False,
            "ServerApp.allow_root": os.geteuid() == 0,
            "LabApp.default_url": self.first_page,
            "LabApp.news_url": None,
            "LabApp.extra_labextensions_path": LABEXTENSIONS,
            "LabApp.cache_files": False,  # a new labcheck brings a new page
            "LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
            "LabApp.extension_manager": "readonly",
        }
        if bash := shutil.which("bash"):
            options["ServerApp.terminado_settings"] = {
                "shell_command": [bash, "--rcfile", str(self.place / "bashrc"), "-i"]
            }
        flags = [f"--{name}={value}" for name, value in options.items()]
        return [sys.executable, "-P", "-m", self.program, *flags]


def _keep_to_the_owner(file: Path) -> None:
    """Create this file if it is missing, readable by its owner only; opening it for writing later keeps that."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(mode=0o600)
    file.chmod(0o600)
