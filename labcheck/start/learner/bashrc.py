"""What JupyterLab's terminals read: first the learner's own ``.bashrc``, then what selects the course's engine.

Rootless Docker's installer, among others, advises exporting ``DOCKER_HOST`` in ``.bashrc``. In the course's terminals
that, or an alias, or a proxy for ``localhost``, would send the lab's commands elsewhere.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping

from labcheck.home import JOURNAL, MARK
from labcheck.sandbox.environment import ENGINES, LOOPBACK, NO_PROXY

KEPT = ("DOCKER_CONFIG", "LABCHECK_HOME", JOURNAL, MARK)


def bashrc(own: Mapping[str, str], scripts: str) -> str:
    """The text, given the environment in the sandbox and the folder that contains ``labcheck``."""
    lines = [
        "# The course's terminals read this. First your own settings:",
        "if [ -r ~/.bashrc ]; then . ~/.bashrc; fi",
        "# Then what selects labcheck and the course's own engine:",
        f"export PATH={shlex.quote(scripts)}:$PATH",
        *(_to_the_sandbox(own) if MARK in own else ()),
    ]
    return "\n".join(lines) + "\n"


def _to_the_sandbox(own: Mapping[str, str]) -> Iterator[str]:
    loopback = ",".join(LOOPBACK)
    yield "unalias docker labcheck curl 2>/dev/null"
    yield "unset -f docker labcheck curl"
    yield f"unset {' '.join('${!' + prefix + '@}' for prefix in ENGINES)}"
    for name in KEPT:
        if name in own:
            yield f"export {name}={shlex.quote(own[name])}"
    for name in NO_PROXY:
        yield f'export {name}="${{{name}:+${name},}}{loopback}"'
