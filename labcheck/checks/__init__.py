"""The demands a lab file can make, by what they look at: the engine, a registry, or what went from one to the other."""

from labcheck.checks.engine import (
    ContainerAbsent,
    ContainerRuns,
    ImageAbsent,
    ImagePresent,
    ImageTagged,
    NoContainerOf,
    PortPublished,
    RestartPolicy,
)
from labcheck.checks.registry import PortFree, RegistryAnswers
from labcheck.checks.transfer import ImagePulled, ImagePushed

AnyCheck = (
    ContainerAbsent
    | ContainerRuns
    | ImageAbsent
    | ImagePresent
    | ImagePulled
    | ImagePushed
    | ImageTagged
    | NoContainerOf
    | PortFree
    | PortPublished
    | RegistryAnswers
    | RestartPolicy
)
"""What a lab file's ``checks`` may hold; the ``check`` field says which."""

__all__ = [
    "AnyCheck",
    "ContainerAbsent",
    "ContainerRuns",
    "ImageAbsent",
    "ImagePresent",
    "ImagePulled",
    "ImagePushed",
    "ImageTagged",
    "NoContainerOf",
    "PortFree",
    "PortPublished",
    "RegistryAnswers",
    "RestartPolicy",
]
