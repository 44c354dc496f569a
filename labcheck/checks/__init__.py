"""The checks a lab file can use: on containers, on images, on a registry, and on transfers between them."""

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
"""What a lab file's ``checks`` may contain; the ``check`` field selects one."""

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
