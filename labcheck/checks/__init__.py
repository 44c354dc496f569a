"""The checks a lab file can use: on containers, on images, on a registry and its manifests, and on transfers."""

from labcheck.checks.certificate import CertificateTrusted, CertificateValid, TrustRemoved
from labcheck.checks.container_options import PortPublished, RestartPolicy
from labcheck.checks.containers import ContainerAbsent, ContainerRuns, NoContainerOf
from labcheck.checks.digests import DigestPulled, TagMoved
from labcheck.checks.images import ImageAbsent, ImagePresent, ImageTagged
from labcheck.checks.login import LoggedIn, LoggedOut, PasswordRequired, PushAccepted
from labcheck.checks.manifests import ArtifactStored, ForPlatforms, LayersShared
from labcheck.checks.registry import PortFree, RegistryAnswers
from labcheck.checks.transfer import ImagePulled, ImagePushed

AnyCheck = (
    ArtifactStored
    | CertificateTrusted
    | CertificateValid
    | ContainerAbsent
    | ContainerRuns
    | DigestPulled
    | ForPlatforms
    | ImageAbsent
    | ImagePresent
    | ImagePulled
    | ImagePushed
    | ImageTagged
    | LayersShared
    | LoggedIn
    | LoggedOut
    | NoContainerOf
    | PasswordRequired
    | PortFree
    | PortPublished
    | PushAccepted
    | RegistryAnswers
    | RestartPolicy
    | TagMoved
    | TrustRemoved
)
"""What a lab file's ``checks`` may contain; the ``check`` field selects one."""

__all__ = [
    "AnyCheck",
    "ArtifactStored",
    "CertificateTrusted",
    "CertificateValid",
    "ContainerAbsent",
    "ContainerRuns",
    "DigestPulled",
    "ForPlatforms",
    "ImageAbsent",
    "ImagePresent",
    "ImagePulled",
    "ImagePushed",
    "ImageTagged",
    "LayersShared",
    "LoggedIn",
    "LoggedOut",
    "NoContainerOf",
    "PasswordRequired",
    "PortFree",
    "PortPublished",
    "PushAccepted",
    "RegistryAnswers",
    "RestartPolicy",
    "TagMoved",
    "TrustRemoved",
]
