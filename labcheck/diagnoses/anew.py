"""The commands that make a container anew: most of what was wrong in its ``docker run`` cannot be changed later.

What a learner gave it and the lab does not mind stays: the name, the ports, the policy, the volumes that have a name.
Its environment is never in the evidence, so it cannot be given again; where that was the mistake, that is the cure.
"""

from __future__ import annotations

import re
from shlex import quote

from labcheck.engine import Container

ANONYMOUS = r"[0-9a-f]{64}"
"""The name that Docker gives to a volume which was given none."""


def anew(container: Container, *ports: str) -> tuple[str, ...]:
    """Remove the container and run it again, with these ports instead of its own, if any are given."""
    return f"docker rm -f -v {container.name}", run(container, *(ports or own_ports(container)))


def run(container: Container, *ports: str) -> str:
    """The command that runs such a container, with these ports."""
    words = [f"docker run -d --name {container.name}", *(f"-p {port}" for port in ports)]
    if container.restart_policy != "no":
        words.append(f"--restart={container.restart_policy}")
    words += [f"-v {quote(f'{name}:{place}')}" for name, place in container.volumes if not is_anonymous(name)]
    return " ".join([*words, quote(container.image)])


def own_ports(container: Container) -> tuple[str, ...]:
    """The ports as they were asked for."""
    bindings = {(it.address, it.host_port, it.container_port) for it in container.bindings}
    return tuple(
        f"{address}:{outside}:{inside}" if address else f"{outside}:{inside}"
        for address, outside, inside in sorted(bindings)
    )


def is_anonymous(volume: str) -> bool:
    """Whether Docker invented the name of this volume."""
    return re.fullmatch(ANONYMOUS, volume) is not None
