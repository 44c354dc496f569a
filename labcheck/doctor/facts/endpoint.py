"""Which engine is meant, and who says so."""

from __future__ import annotations

from labcheck.cause import CertificatesNotFound
from labcheck.doctor.advice.products import product
from labcheck.doctor.advice.start import REOPEN, to_the_usual
from labcheck.doctor.conclusion import Conclusion, good, problem, unseen, warning
from labcheck.doctor.facts.chosen_engine import NoEndpoint, chosen
from labcheck.doctor.facts.docker_variables import variables
from labcheck.doctor.facts.engine_info import engine_info
from labcheck.doctor.machine import Machine
from labcheck.doctor.rule import Need, rule
from labcheck.engine import Info
from labcheck.observe.engine.endpoint import Endpoint
from labcheck.snapshot import Found, Unknown


@rule(Need.ENGINE)
def endpoint(machine: Machine) -> Conclusion | None:
    """Which engine is meant, and who says so."""
    match machine[chosen]:
        case Found(Endpoint() as its):
            return _endpoint(machine, its)
        case Found(NoEndpoint(reason, CertificatesNotFound())):
            return problem("endpoint", reason, "Without them:", "unset DOCKER_CERT_PATH DOCKER_TLS_VERIFY")
        case Found(NoEndpoint(reason)):
            return problem("endpoint", reason, "To use the usual engine:", to_the_usual(machine))
        case Unknown(reason):
            return unseen("endpoint", reason)
    return None


def _endpoint(machine: Machine, its: Endpoint) -> Conclusion:
    name, variables_set = product(its.socket), machine.get(variables, frozenset())
    where = its.place + (f" ({name})" if name else "")
    info, sandbox = machine.get(engine_info, None), machine.system.sandbox
    if sandbox and info is not None and Info(info).identity != sandbox:
        says = f"This is a sandbox, but docker talks to another engine, at {where}."
        if not its.chosen_by and "DOCKER_HOST" not in variables_set:
            return warning("endpoint", says, *REOPEN)
        return warning("endpoint", says, "To use the sandbox's own:", to_the_usual(machine))
    if {"DOCKER_HOST", "DOCKER_CONTEXT"} <= variables_set:
        says = f"DOCKER_HOST and DOCKER_CONTEXT are both set. DOCKER_HOST wins: {where}."
        return warning("endpoint", says, "To keep only one of them:", "unset DOCKER_CONTEXT")
    who = f"where {its.chosen_by} points" if its.chosen_by else "the usual place"
    return good("endpoint", f"docker talks to {where}, {who}.")
