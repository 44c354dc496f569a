"""Which registries the engine may ask without HTTPS."""

from __future__ import annotations

from labcheck.doctor.conclusion import Conclusion, good, warning
from labcheck.doctor.facts.engine_info import engine_info, is_podman
from labcheck.doctor.machine import Machine
from labcheck.doctor.rule import rule
from labcheck.document import mapping, text, texts, truth

ALL = frozenset({"0.0.0.0/0", "::/0"})
OWN = frozenset({"127.0.0.0/8", "::1/128"})
"""What every engine allows by itself."""


@rule()
def insecure_registries(machine: Machine) -> Conclusion | None:
    """Nothing is said if no engine answers."""
    settings, name = mapping(machine.get(engine_info, {}), "RegistryConfig"), "insecure registries"
    networks = set(texts(settings, "InsecureRegistryCIDRs"))
    if networks & ALL:
        says = "This engine asks any registry without HTTPS, so images can be changed on their way."
        return warning(
            name, says, 'In "insecure-registries" of /etc/docker/daemon.json, name only the registries that need it.'
        )
    others = [*named_insecure(machine), *sorted(networks - OWN)]
    if is_podman(machine):  # It allows none by itself.
        return good(name, f"{', '.join(others)}, and no other.") if others else None
    if others:
        return good(name, f"Besides those at localhost: {', '.join(others)}.")
    return good(name, "Only registries at localhost are asked without HTTPS.") if networks else None


def named_insecure(machine: Machine) -> list[str]:
    """The registries that the engine's settings allow to be asked without HTTPS, as it has read them."""
    rows = sorted(mapping(machine.get(engine_info, {}), "RegistryConfig", "IndexConfigs").items())
    return [key for key, row in rows if not truth(row, "Secure") and text(row, "Name")]
