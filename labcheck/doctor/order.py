"""All facts and all rules: what the files in ``facts/`` define, in the order of the page."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from labcheck.doctor import facts
from labcheck.doctor.look import Fact
from labcheck.doctor.rule import Rule

ORDER = (
    "software", "memory", "docker_command", "disk", "sandbox", "rootless", "sandbox_kernel", "control_groups",
    "course_images", "sandbox_disk", "endpoint", "engine", "container", "permission", "api_versions", "image_store",
    "platform", "engine_host", "engine_disk", "localhost", "port", "proxies", "insecure_registries", "docker_settings",
    "docker_hub",
)  # fmt: skip
"""The files with rules, in the order of what they conclude; one that is not named here comes last."""


def _modules() -> list[ModuleType]:
    names = sorted(it.name for it in iter_modules(facts.__path__))
    names.sort(key=lambda name: ORDER.index(name) if name in ORDER else len(ORDER))
    return [import_module(f"{facts.__name__}.{name}") for name in names]


DEFINED = [(module.__name__, it) for module in _modules() for it in vars(module).values()]
FACTS: tuple[Fact[object], ...] = tuple(it for file, it in DEFINED if isinstance(it, Fact) and it.file == file)
RULES: tuple[Rule, ...] = tuple(it for file, it in DEFINED if isinstance(it, Rule) and it.file == file)
