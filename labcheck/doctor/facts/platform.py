"""For which platform images are pulled, and whether that is the engine's."""

from __future__ import annotations

import os

from labcheck.doctor.conclusion import Conclusion, warning
from labcheck.doctor.facts.engine_info import engine_version
from labcheck.doctor.look import Look, fact
from labcheck.doctor.machine import Machine, Mode
from labcheck.doctor.rule import rule
from labcheck.document import text
from labcheck.snapshot import Found


@fact()
def default_platform(_: Look) -> Found[str]:
    """The platform for which images are pulled, if somebody chose one."""
    return Found(os.environ.get("DOCKER_DEFAULT_PLATFORM", ""))


@rule()
def platform(machine: Machine) -> Conclusion | None:
    """Whether images are pulled for this engine; nothing where nobody chose otherwise."""
    chosen, version = machine.get(default_platform, ""), machine.get(engine_version, {})
    its = f"{text(version, 'Os')}/{text(version, 'Arch')}"
    if machine.mode is Mode.SANDBOX or not chosen or its == "/" or f"{chosen}/".startswith(f"{its}/"):
        return None
    says = f"DOCKER_DEFAULT_PLATFORM is {chosen}, and this engine is {its}: what is pulled might not run."
    return warning("platform", says, "For the labs:", "unset DOCKER_DEFAULT_PLATFORM")
