"""The demands a lab file can make: on containers, on images, on a registry, on what went from one to the other."""

from labcheck.checks.container_options import PortPublished, RestartPolicy
from labcheck.checks.containers import ContainerAbsent, ContainerRuns, NoContainerOf
from labcheck.checks.images import ImageAbsent, ImagePresent, ImageTagged
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
