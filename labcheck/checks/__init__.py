"""The checks a lab file can use: containers, images, volumes, a registry and its manifests, transfers, deletes."""

from labcheck.checks.certificate import CertificateTrusted, CertificateValid, TrustRemoved
from labcheck.checks.container_options import PortPublished, RestartPolicy
from labcheck.checks.containers import ContainerAbsent, ContainerRuns, NoContainerOf
from labcheck.checks.deleting import BlobsGone, DeletingEnabled, ManifestGone, RegistryRestarted, TagGone
from labcheck.checks.digests import DigestPulled
from labcheck.checks.edits import EditPushed, ImageBuiltOn
from labcheck.checks.images import ImageAbsent, ImageLoaded, ImagePresent, ImageTagged
from labcheck.checks.login import LoggedIn, LoggedOut, PasswordRequired, PullAccepted, PushAccepted
from labcheck.checks.manifests import ArtifactStored, ForPlatforms, LayersShared
from labcheck.checks.mirrors import PassedOn, PulledThrough, ServedCutOff
from labcheck.checks.pages import PageServed
from labcheck.checks.registry import PortFree, RegistryAnswers
from labcheck.checks.transfer import ImagePulled, ImagePushed, Pushed
from labcheck.checks.volumes import VolumeAbsent, VolumeKept, VolumeMounted

AnyCheck = (
    ArtifactStored
    | BlobsGone
    | CertificateTrusted
    | CertificateValid
    | ContainerAbsent
    | ContainerRuns
    | DeletingEnabled
    | DigestPulled
    | ForPlatforms
    | EditPushed
    | ImageAbsent
    | ImageBuiltOn
    | ImageLoaded
    | ImagePresent
    | ImagePulled
    | ImagePushed
    | ImageTagged
    | LayersShared
    | LoggedIn
    | LoggedOut
    | ManifestGone
    | NoContainerOf
    | PassedOn
    | PasswordRequired
    | PageServed
    | PortFree
    | PortPublished
    | PullAccepted
    | PulledThrough
    | PushAccepted
    | RegistryAnswers
    | RegistryRestarted
    | RestartPolicy
    | ServedCutOff
    | TagGone
    | TrustRemoved
    | VolumeAbsent
    | VolumeKept
    | VolumeMounted
)
"""What a lab file's ``checks`` may contain; the ``check`` field selects one."""

__all__ = [
    "AnyCheck",
    "ArtifactStored",
    "BlobsGone",
    "CertificateTrusted",
    "CertificateValid",
    "ContainerAbsent",
    "ContainerRuns",
    "DeletingEnabled",
    "DigestPulled",
    "EditPushed",
    "ForPlatforms",
    "ImageAbsent",
    "ImageBuiltOn",
    "ImageLoaded",
    "ImagePresent",
    "ImagePulled",
    "ImagePushed",
    "ImageTagged",
    "LayersShared",
    "LoggedIn",
    "LoggedOut",
    "ManifestGone",
    "NoContainerOf",
    "PageServed",
    "PassedOn",
    "PasswordRequired",
    "PortFree",
    "PortPublished",
    "PullAccepted",
    "PulledThrough",
    "PushAccepted",
    "Pushed",
    "RegistryAnswers",
    "RegistryRestarted",
    "RestartPolicy",
    "ServedCutOff",
    "TagGone",
    "TrustRemoved",
    "VolumeAbsent",
    "VolumeKept",
    "VolumeMounted",
]
