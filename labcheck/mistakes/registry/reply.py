"""What answers at the registry's address, or why nothing does."""

from __future__ import annotations

from labcheck.checks import CertificateTrusted, CertificateValid, PasswordRequired, Pushed, RegistryAnswers, trace
from labcheck.checks.origin import made_from
from labcheck.engine import ListedContainer
from labcheck.mistake import Facts, facts, recognises
from labcheck.mistakes import seen
from labcheck.mistakes.rerun import plain, settings
from labcheck.name import domain
from labcheck.past import Past
from labcheck.query import Certificate, EngineInfo, Ping
from labcheck.snapshot import Absent, Found, Unknown
from labcheck.verdict import Fix

ADDRESS = "REGISTRY_HTTP_ADDR"
"""The setting that says where a registry listens."""


@recognises("not-a-registry", RegistryAnswers)
def not_a_registry(check: RegistryAnswers, past: Past) -> Facts | None:
    """Something answers there, and it is not a registry."""
    pong = past.now(Ping(check.domain))
    if not isinstance(pong, Found) or pong.value.is_registry:
        return None
    container = _publisher(check.domain, past)
    return facts(domain=check.domain, server=pong.value.server.strip(), other=container.name if container else "")


@recognises("registry-still-starting", RegistryAnswers, CertificateValid, CertificateTrusted, PasswordRequired)
def registry_still_starting(
    check: RegistryAnswers | CertificateValid | CertificateTrusted | PasswordRequired, past: Past
) -> Facts | None:
    """Nothing answers, and a registry was started a moment ago."""
    query = (
        Certificate(check.domain) if isinstance(check, CertificateValid | CertificateTrusted) else Ping(check.domain)
    )
    if isinstance(past.now(query), Found):
        return None
    young = [it for it in _registries(past) if _is_young(it, check.domain, past)]
    return facts(name=young[0].name) if young else None


@recognises("registry-listens-elsewhere", RegistryAnswers)
def registry_listens_elsewhere(check: RegistryAnswers, past: Past) -> Facts | None:
    """The connection to a container's published port breaks off."""
    pong, container = past.now(Ping(check.domain)), _publisher(check.domain, past)
    if not isinstance(pong, Unknown) or not pong.broke_off or container is None:
        return None
    here = seen.container(past, container.name)
    told = here is not None and ADDRESS in settings(here)
    fix = made_plain(check.domain, past) if told else Fix()
    return facts(fix, name=container.name, address=check.domain, told=told)


@recognises("engine-on-another-host", RegistryAnswers)
def engine_on_another_host(check: RegistryAnswers, past: Past) -> Facts | None:
    """A registry that runs publishes the port, and nothing answers there."""
    info = past.now(EngineInfo())
    if not isinstance(info, Found) or info.value.is_course or not isinstance(past.now(Ping(check.domain)), Absent):
        return None
    running = (it for it in _registries(past) if it.status == "running")
    container = next((it for it in running if seen.publishes(it, check.domain)), None)
    return facts(name=container.name, domain=check.domain) if container else None


@recognises("registry-not-answering", RegistryAnswers, Pushed)
def registry_not_answering(check: RegistryAnswers | Pushed, past: Past) -> Facts | None:
    """Nothing answers, and there is a registry that does not run, or has another port."""
    address = asked(check)
    if not address or not isinstance(past.now(Ping(address)), Absent):
        return None
    # The lab's own container comes first: another registry may be meant for another port.
    registries = sorted(_registries(past), key=lambda it: seen.container(past, it.name) is None)
    if not registries or _is_starting(registries[0], past):
        return None
    name, status = registries[0].name, registries[0].status
    if status in {"created", "exited"}:
        return facts(address=address, name=name, stopped=status == "exited", created=status == "created")
    here = seen.container(past, name)
    if here is not None and here.shares_host_network:
        port = address.rpartition(":")[2]
        told = ADDRESS in settings(here)
        fix = plain(here, port=(int(port), 5000), network=False) if told else Fix()
        return facts(fix, name=name, port=port, told=told, host_network=True)
    return facts(address=address, name=name)


def asked(check: RegistryAnswers | Pushed) -> str:
    """The address of the registry that the check asks."""
    return check.domain if isinstance(check, RegistryAnswers) else domain(check.image)


def made_plain(address: str, past: Past) -> Fix:
    """Run the registry again, without the settings that it was given; nothing, where it could not be seen."""
    container = _publisher(address, past)
    it = seen.container(past, container.name) if container else None
    return plain(it) if it else Fix()


def _registries(past: Past) -> list[ListedContainer]:
    return [it for it in seen.containers(past) if made_from(it, "registry", past)]


def _publisher(address: str, past: Past) -> ListedContainer | None:
    """The container that a published port leads to from this address."""
    return next((it for it in seen.containers(past) if seen.publishes(it, address)), None)


def _is_young(it: ListedContainer, address: str, past: Past) -> bool:
    """Whether it was started a moment ago, and this address may lead to it, or whether it was made a moment ago."""
    leads = seen.publishes(it, address) or it.shares_host_network
    return (it.status == "running" and leads and _age(it, past) < trace.YOUNG) or _is_starting(it, past)


def _age(it: ListedContainer, past: Past) -> int:
    """How long before the newest look the container was started, as the engine's events show."""
    started = max((event.at for event in past.events("container/start") if event.actor == it.id), default=0)
    return past.looked - started


def _is_starting(it: ListedContainer, past: Past) -> bool:
    """Whether it was made a moment ago, by the list or by its own word: the two were not asked at the same instant."""
    made = seen.container(past, it.name)
    if made is None:
        return trace.starting(past, it)
    return not made.error and (trace.starting(past, it) or trace.starting(past, made))
