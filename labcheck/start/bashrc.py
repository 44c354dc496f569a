"""What the terminals of JupyterLab read: first the learner's own ``.bashrc``, then what leads to the course's engine.

Rootless Docker's installer, among others, advises to export ``DOCKER_HOST`` in a ``.bashrc``. In the course's terminals
that, or an alias, or a proxy before ``localhost``, would lead the lab's commands elsewhere.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping

from labcheck.home import JOURNAL
from labcheck.sandbox.environment import ENGINES, LOOPBACK, MARK

KEPT = ("DOCKER_CONFIG", "LABCHECK_HOME", JOURNAL, MARK)


def bashrc(own: Mapping[str, str], scripts: str) -> str:
    """The text, from the environment in the sandbox and the folder where ``labcheck`` is."""
    loopback = ",".join(LOOPBACK)
    return "\n".join(
        [
            "# The terminals of the course read this. First what is yours:",
            "if [ -r ~/.bashrc ]; then . ~/.bashrc; fi",
            "",
            "# Then what leads to the course's own engine, whatever your own settings say:",
            "unalias docker labcheck curl 2>/dev/null",
            "unset -f docker labcheck curl",
            f"unset {' '.join('${!' + prefix + '@}' for prefix in ENGINES)}",
            *(f"export {name}={shlex.quote(own[name])}" for name in KEPT if name in own),
            *(f'export {name}="${{{name}:+${name},}}{loopback}"' for name in ("NO_PROXY", "no_proxy")),
            f"export PATH={shlex.quote(scripts)}:$PATH",
            "",
        ]
    )
