"""Mistakes with the registry: nothing answers, something else does, or it answers otherwise than the lab needs."""

from __future__ import annotations

import re

from labcheck.check import Check
from labcheck.checks import ImagePushed, RegistryAnswers, trace
from labcheck.checks.origin import made_from
from labcheck.diagnosis import Diagnosis, Explanation
from labcheck.engine import ListedContainer
from labcheck.mistakes import seen
from labcheck.mistakes.rerun import plain
from labcheck.name import domain
from labcheck.past import Past
from labcheck.query import EngineInfo, Ping
from labcheck.snapshot import Absent, Found, Unknown
from labcheck.verdict import Fix


def _not_a_registry(check: Check, past: Past) -> Explanation | None:
    if not isinstance(check, RegistryAnswers):
        return None
    pong = past.now(Ping(check.domain))
    if not isinstance(pong, Found) or pong.value.is_registry:
        return None
    server = f" It calls itself {pong.value.server.strip()}." if pong.value.server else ""
    holder = next((it.name for it in seen.containers(past) if seen.publishes(it, check.domain)), "")
    behind = f" The container {holder} holds the port." if holder else ""
    return Explanation(
        f"Something answers at {check.domain}, but it is no registry.{server}{behind}",
        Fix((f"docker rm -f {holder}",))
        if holder
        else Fix(advice="sudo ss -ltnp shows which program listens there. End it, then check again."),
    )


def _still_starting(check: Check, past: Past) -> Explanation | None:
    address = _silent(check, past)
    young = [it for it in seen.containers(past) if made_from(it, "registry", past) and _is_young(it, address, past)]
    if not address or not young:
        return None
    return Explanation(
        f"{young[0].name} was started a moment ago, and a registry needs a second before it answers.",
        Fix(advice="Wait a second, then check again."),
    )


def _listens_elsewhere(check: Check, past: Past) -> Explanation | None:
    address = _silent(check, past)
    pong = past.now(Ping(address)) if address else Absent()
    holder = next((it for it in seen.containers(past) if seen.publishes(it, address)), None)
    if not isinstance(pong, Unknown) or not pong.broke_off or holder is None:
        return None
    it = seen.container(past, holder.name)
    return Explanation(
        f"{holder.name} runs, but nobody listens inside it on the port that {address} leads to. "
        "Probably REGISTRY_HTTP_ADDR tells it another port, or its own localhost only.",
        plain(it) if it else Fix(advice="Run it again without that setting."),
    )


def _on_another_host(check: Check, past: Past) -> Explanation | None:
    info = past.now(EngineInfo())
    if not isinstance(info, Found) or info.value.is_course or not isinstance(check, RegistryAnswers):
        return None
    running = [it for it in seen.containers(past) if it.status == "running" and made_from(it, "registry", past)]
    holder = next((it for it in running if seen.publishes(it, check.domain)), None)
    if holder is None or not isinstance(past.now(Ping(check.domain)), Absent):
        return None
    return Explanation(
        f"{holder.name} runs and publishes the port, but nothing answers at {check.domain}. Probably the engine is on "
        "another machine than labcheck and curl: its localhost is not theirs.",
        Fix(
            advice="labcheck doctor says where the engine is. Work there, or use this machine's own:\n"
            "    unset DOCKER_HOST\n    docker context use default"
        ),
    )


def _not_answering(check: Check, past: Past) -> Explanation | None:
    address = asked(check)
    if not address or not isinstance(past.now(Ping(address)), Absent):
        return None
    registries = [it for it in seen.containers(past) if made_from(it, "registry", past)]
    # The lab's own container comes first: another registry may be meant for another port.
    registries.sort(key=lambda it: seen.container(past, it.name) is None)
    here = seen.container(past, registries[0].name) if registries else None
    if registries and _is_starting(registries[0], past):
        return None
    if registries and registries[0].status in {"created", "exited"}:
        state = "has stopped" if registries[0].status == "exited" else "was never started"
        return Explanation(
            f"Nothing answers at {address}: the registry {registries[0].name} {state}.",
            Fix((f"docker start {registries[0].name}",)),
        )
    if here is not None and here.shares_host_network:
        port = address.rpartition(":")[2]
        return Explanation(
            f"{here.name} runs with --network host, but it does not listen on port {port}. "
            "Probably it was told another port (REGISTRY_HTTP_ADDR).",
            plain(here, port=(int(port), 5000), network=False),
        )
    if registries:
        return Explanation(
            f"Nothing answers at {address}, though the registry {registries[0].name} is there. "
            "Probably it is published on another port.",
            Fix(advice=f"docker port {registries[0].name} shows which. Run it again, with the right one."),
        )
    return None


def asked(check: Check) -> str:
    """The registry that the check asks, or the empty string."""
    match check:
        case RegistryAnswers():
            return check.domain
        case ImagePushed():
            return domain(check.image)
        case _:
            return ""


def _silent(check: Check, past: Past) -> str:
    """The address of the registry that the check asks, if no one answers there."""
    address = asked(check) if isinstance(check, RegistryAnswers) else ""
    return address if address and not isinstance(past.now(Ping(address)), Found) else ""


def _leads_to(it: ListedContainer, address: str) -> bool:
    """Whether this address may lead to the container: by a published port, or in the host's own network."""
    return seen.publishes(it, address) or it.shares_host_network


def _age(it: ListedContainer, past: Past) -> int:
    """How long before the newest look the container was started, as the engine's events tell."""
    started = max((event.at for event in past.events("container/start") if event.actor == it.id), default=0)
    return past.looked - started


def _is_young(it: ListedContainer, address: str, past: Past) -> bool:
    """Whether it was started a moment ago at this address, or made a moment ago."""
    young = it.status == "running" and _leads_to(it, address) and _age(it, past) < trace.YOUNG
    return young or _is_starting(it, past)


def _is_starting(it: ListedContainer, past: Past) -> bool:
    """Whether it was made a moment ago, by the list or by its own word: the two were not asked at the same instant."""
    made = seen.container(past, it.name)
    if made is None:
        return trace.starting(past, it)
    return not made.error and (trace.starting(past, it) or trace.starting(past, made))


def made_plain(address: str, past: Past) -> Fix:
    """Make the registry anew, without the settings that it was given."""
    holder = next((it for it in seen.containers(past) if seen.publishes(it, address)), None)
    it = seen.container(past, holder.name) if holder else None
    return plain(it) if it else Fix(advice="Run the registry again without that setting.")


def _told_stranger(match: re.Match[str]) -> Explanation:
    status = match["status"] or match["code"]
    said = "does not know what a push is" if match["code"] else "sent a web page"
    return Explanation(
        f"What answered{f' (HTTP {status})' if status else ''} {said}, so it is no registry. "
        "Probably a web server holds the port.",
        Fix(
            advice="docker ps shows which container has which port.\n"
            "Stop it with docker stop NAME, then start the registry."
        ),
    )


def _told_not_answering(match: re.Match[str]) -> Explanation:
    address = match["address"] or f"{match['host']}:{match['port']}"
    if not address.rpartition(":")[2].isdecimal():
        return Explanation(
            f"Nothing answers at {address}. A port is missing, probably :5000.",
            Fix(
                advice="Give the image a name with it, then push that name:\n"
                f"    docker image tag NAME {address}:5000/NAME"
            ),
        )
    return Explanation(
        f"Nothing answers at {address}. Probably the registry does not run, or it is published on another port.",
        Fix(
            advice="docker ps -a shows whether it runs, and on which port.\n"
            "docker start NAME starts it again, docker run makes one where there is none."
        ),
    )


DIAGNOSES = (
    Diagnosis(
        "not-a-registry",
        "Something that is no registry holds the port.",
        _not_a_registry,
        (
            r"parsing HTTP (?P<status>\d+) response body: invalid character '<'"
            r"|(?mi:^unknown: <(?:!doctype )?html)"
            r"|unexpected status from [A-Z]+ request to https?://(?:localhost|127\.0\.0\.1)\S*: (?P<code>404) "
        ),
        _told_stranger,
    ),
    Diagnosis("registry-still-starting", "The registry was started a moment ago.", _still_starting),
    Diagnosis("registry-listens-elsewhere", "The registry does not listen on the port.", _listens_elsewhere),
    Diagnosis("engine-on-another-host", "The engine is on another machine than labcheck.", _on_another_host),
    Diagnosis(
        "registry-not-answering",
        "Nothing answers at the registry's address.",
        _not_answering,
        (
            r'https?://(?!(?:registry-1|auth|index)\.docker\.io/)(?P<address>[^/"]+)/v2/[^"]*"?: '
            r"dial tcp \S+ connect: connection refused"
            r"|Failed to connect to (?P<host>localhost|127\.0\.0\.1) port (?P<port>\d+)\b"
            r".*?(?:refused|Couldn't connect to server)"
        ),
        _told_not_answering,
    ),
)
