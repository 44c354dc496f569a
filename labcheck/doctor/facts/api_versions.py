"""Do labcheck, the ``docker`` command and the engine understand each other? Versions of Docker's API."""

from __future__ import annotations

from labcheck.doctor.advice.install import BY_DOCKER
from labcheck.doctor.conclusion import Conclusion, good, problem, unseen, warning
from labcheck.doctor.facts.docker_command import Client, client, complaint
from labcheck.doctor.facts.docker_variables import variables
from labcheck.doctor.facts.engine_info import engine_info, engine_version
from labcheck.doctor.machine import Machine
from labcheck.doctor.rule import Need, rule
from labcheck.document import text
from labcheck.observe.engine.version import NEWEST_API, OLDEST_API
from labcheck.snapshot import Absent, Found, Unknown
from labcheck.version import numbers, written

WITHOUT_TRUST = (29,)
"""The docker command that no longer asks for signed images."""


@rule(Need.ENGINE)
def api_version(machine: Machine) -> Conclusion | None:
    """Whether labcheck can talk to the engine; nothing if the engine did not say."""
    its, name = machine.get(engine_version, {}), "API version"
    newest, least = numbers(text(its, "ApiVersion")), numbers(text(its, "MinAPIVersion"))
    if not newest:
        return None
    says = f"Docker {text(its, 'Version')} speaks API {written(newest)}"
    if newest < OLDEST_API:
        remedy = "Update Docker Engine; its documentation says how: docs.docker.com/engine/install."
        return problem(name, f"{says}, and labcheck needs {written(OLDEST_API)} (Docker 20.10).", remedy)
    if least > NEWEST_API:
        says += f" and none older than {written(least)}; labcheck knows {written(NEWEST_API)}."
        return warning(name, says, "Update labcheck. Until then it may misread this engine.")
    both = "" if newest <= NEWEST_API else f"; labcheck uses {written(NEWEST_API)} with it"
    return good(name, f"{says}{both}.")


@rule(Need.ENGINE)
def docker_to_engine(machine: Machine) -> Conclusion | None:
    """Whether the learner's ``docker`` reaches this engine; nothing where it does, or where there is none to reach."""
    its = machine.get(client, None)
    if its is None or its.is_podman or its.path or not isinstance(machine[engine_info], Found):
        return None
    name = "docker to engine"
    match machine[complaint]:
        case Unknown(reason):
            return unseen(name, reason)
        case Found(said) if said:
            return _not_understood(machine, its, said)
        case Absent():
            return None
    if "DOCKER_CONTENT_TRUST" in machine.get(variables, ()) and (0,) < numbers(its.version)[:1] < WITHOUT_TRUST:
        says = "DOCKER_CONTENT_TRUST is set, so docker wants signed images, and the labs' are not signed."
        return problem(name, says, "For the labs:", "unset DOCKER_CONTENT_TRUST")
    return None


def _not_understood(machine: Machine, client: Client, said: str) -> Conclusion:
    name = "docker to engine"
    if "DOCKER_API_VERSION" in machine.get(variables, ()):
        says = f"DOCKER_API_VERSION makes docker speak a version that this engine does not understand: {said}"
        return problem(name, says, "To let the two agree by themselves:", "unset DOCKER_API_VERSION")
    least = numbers(text(machine.get(engine_version, {}), "MinAPIVersion"))
    if (0,) < numbers(client.api) < least:
        wants = f"it speaks API {client.api}, and the engine wants {written(least)} or newer"
        return problem(name, f"docker {client.version} is too old for this engine: {wants}.", BY_DOCKER)
    says = f"docker cannot talk to this engine, though labcheck can. It says: {said}"
    return problem(name, says, "To see it for yourself:", "docker version")
