"""The pytest plugin: it does nothing, and loads nothing, unless nbval runs.

It is loaded by every pytest of the environment in which labcheck is installed, whatever that pytest tests.
"""

from __future__ import annotations

import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Take part if ``--nbval`` or ``--nbval-lax`` was given."""
    if config.getoption("nbval", default=False) or config.getoption("nbval_lax", default=False):
        from labcheck.notebook.nbval_hook import NbvalHook  # noqa: PLC0415 - see above

        config.pluginmanager.register(NbvalHook(), "labcheck-notebooks")
