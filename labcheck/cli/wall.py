"""The command that shows an instructor where everybody of a class is."""

from __future__ import annotations

import argparse
from importlib.util import find_spec
from pathlib import Path

from labcheck import classroom, loopback
from labcheck.cli.terminal import tell
from labcheck.errors import Refused
from labcheck.render.printable import visible
from labcheck.sandbox.outside.address import reachable, spelled


def wall(options: argparse.Namespace) -> int:
    """Show the wall until Ctrl-C."""
    if find_spec("tornado") is None:
        raise Refused("The wall needs tornado, which comes with JupyterLab.", "pip install 'labcheck[notebook]'")
    from labcheck.wall.register import Register, beside  # noqa: PLC0415 - as above
    from labcheck.wall.server import Wall, application, serve, taken  # noqa: PLC0415 - as above

    file = Path(options.class_file)
    register = Register.of(classroom.read(file), beside(file))
    with taken(options.host, options.port) as listening:
        port = listening[0].getsockname()[1]
        here = options.host if options.host not in {"", "0.0.0.0", "::"} else loopback.ADDRESS  # noqa: S104 - compared
        learners = options.host if options.host not in {"", "0.0.0.0", "::"} else reachable()  # noqa: S104 - compared
        print(f"The wall, for you: http://{spelled(here)}:{port}/?token={register.token}\n")
        print("Learners who joined this class, and want to be on it, type:")
        print(f"    labcheck share http://{spelled(learners)}:{port}\n")
        print(
            f"{len(register.names)} learners are in {visible(str(file))}. Ctrl-C ends the wall; the next one goes on."
        )
        print(
            "What learners tell crosses this network unencrypted, signed by each: names, labs, steps, mistakes.",
            flush=True,
        )
        it = Wall(register)
        serve(it, listening, tell, application(it))
    return 0
