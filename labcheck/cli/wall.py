"""The command that shows an instructor where everybody of a class is."""

from __future__ import annotations

import argparse
import os
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
    return _on_a_hub(options.hub) if options.hub else _of_a_class(options)


def _of_a_class(options: argparse.Namespace) -> int:
    from labcheck.wall.register import Register, beside  # noqa: PLC0415 - needs tornado
    from labcheck.wall.server import Wall, application, serve, taken  # noqa: PLC0415 - as above

    file = Path(options.class_file)
    it = Wall(Register.of(classroom.read(file), beside(file)))
    with taken(options.host, options.port) as listening:
        port = listening[0].getsockname()[1]
        is_open = options.host in {"", "0.0.0.0", "::"}  # noqa: S104 - compared
        here, learners = (loopback.ADDRESS, reachable()) if is_open else (options.host, options.host)
        print(f"The wall, for you: http://{spelled(here)}:{port}/?token={it.register.token}\n")
        print("Learners who joined this class, and want to be on it, type:")
        print(f"    labcheck share http://{spelled(learners)}:{port}\n")
        count = len(it.register.names)
        print(f"{count} learners are in {visible(str(file))}. Ctrl-C ends the wall; the next one goes on.")
        what = "What learners tell crosses this network unencrypted, signed by each: names, labs, steps, mistakes."
        print(what, flush=True)
        serve(it, listening, tell, application(it))
    return 0


def _on_a_hub(proxy: str) -> int:
    if find_spec("jupyterhub") is None:
        raise Refused("A hub's wall needs JupyterHub.", "pip install 'labcheck[hub]'")
    from labcheck.wall.hub import Asking, Service, application, register  # noqa: PLC0415 - needs JupyterHub
    from labcheck.wall.server import Wall, serve, taken  # noqa: PLC0415 - as above

    service = Service.told(os.environ, proxy)
    if service is None:
        raise Refused("No hub started this.", "In jupyterhub_config.py: from labcheck.hub import wall; wall(c)")
    it = Wall(register())
    with taken(*service.place) as listening:
        serve(it, listening, tell, application(it, service), Asking(service, it).go_on)
    return 0
