"""What the terminals of JupyterLab read: first the learner's own ``.bashrc``, then what leads to the course's engine.

Rootless Docker's installer, among others, advises to export ``DOCKER_HOST`` in a ``.bashrc``. In the course's terminals
that, or an alias, or a proxy before ``localhost``, would lead the lab's commands elsewhere.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping

from labcheck.home import JOURNAL, MARK
from labcheck.sandbox.environment import ENGINES, LOOPBACK, NO_PROXY

KEPT = ("DOCKER_CONFIG", "LABCHECK_HOME", JOURNAL, MARK)


def bashrc(own: Mapping[str, str], scripts: str) -> str:
    """The text, from the environment in the sandbox and the folder where ``labcheck`` is."""
    lines = [
        "# The terminals of the course read this. First what is yours:",
        "if [ -r ~/.bashrc ]; then . ~/.bashrc; fi",
        "# Then what leads to labcheck, and to the course's own engine:",
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
