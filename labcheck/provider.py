"""Whose registry it is, as far as its host's name tells: Amazon's, Google's, GitHub's ... Nobody is asked.

Sources: the providers' own documentation of the names under which they serve images.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec

from labcheck.loopback import is_local
from labcheck.reference import HUB

_REGION: Final = r"(?P<region>[a-z0-9-]+)"
_AMAZON: Final = r"(?:amazonaws\.com(?:\.cn)?|on\.aws|on\.amazonwebservices\.com\.cn)"
_PROJECT: Final = "the path is project/repository/image"

_KNOWN: Final = (
    (
        rf"(?P<account>\d{{12}})\.dkr[.-]ecr(?:-fips)?\.{_REGION}\.{_AMAZON}",
        "Amazon ECR",
        "account {account}, region {region}",
    ),
    (r"public\.ecr\.aws", "Amazon ECR Public", "open to everybody"),
    (r"(?P<name>[a-z0-9-]+)\.azurecr\.(?:io|cn|us)", "Azure Container Registry", "the registry is called {name}"),
    (r"mcr\.microsoft\.com", "Microsoft Artifact Registry", "open to everybody"),
    (rf"{_REGION}-docker\.pkg\.dev", "Google Artifact Registry", f"location {{region}}; {_PROJECT}"),
    (r"(?:(?:us|eu|asia)\.)?gcr\.io", "Google", "the names of Container Registry, which Artifact Registry serves now"),
    (r"mirror\.gcr\.io", "Google", "a copy of what is pulled often from Docker Hub"),
    (r"ghcr\.io", "GitHub Container registry", "the path begins with a person or an organisation on GitHub"),
    (r"docker\.pkg\.github\.com", "GitHub", "the old registry; today it is ghcr.io"),
    (r"registry\.gitlab\.com", "GitLab", "the path is that of the project"),
    (r"quay\.io", "Quay", "Red Hat's; the path is organisation/repository"),
    (r"registry\.(?:access\.)?redhat\.(?:com|io)", "Red Hat", ""),
    (r"registry\.k8s\.io", "Kubernetes", "its own images, open to everybody"),
    (r"k8s\.gcr\.io", "Kubernetes", "the old registry, which gets nothing new; today it is registry.k8s.io"),
    (rf"(?:{_REGION}\.)?ocir\.io|ocir\.(?P<name>[a-z0-9-]+)\.oci\.oraclecloud\.com", "Oracle Cloud", ""),
    (r"container-registry\.oracle\.com", "Oracle", "its own images"),
    (r"(?:[a-z0-9.-]+\.)?icr\.io", "IBM Cloud", ""),
    (rf"registry(?:-intl|-vpc)?\.{_REGION}\.aliyuncs\.com|[a-z0-9.-]+\.cr\.aliyuncs\.com", "Alibaba Cloud", ""),
    (r"registry\.digitalocean\.com", "DigitalOcean", ""),
    (rf"rg\.{_REGION}\.scw\.cloud", "Scaleway", "region {region}"),
    (r"[a-z0-9-]+\.jfrog\.io", "JFrog Artifactory", ""),
    (r"nvcr\.io", "NVIDIA", "NGC"),
    (r"cgr\.dev", "Chainguard", ""),
)


class Provider(msgspec.Struct, frozen=True):
    """Who keeps a registry, and what else its name tells."""

    name: str
    told: str = ""

    def __str__(self) -> str:
        return f"{self.name}: {self.told}" if self.told else self.name


def provider(domain: str) -> Provider | None:
    """Who keeps the registry of this domain; ``None`` where the name does not tell.

    Docker Hub is ``docker.io`` and nothing else: under any other spelling Docker asks another host.
    """
    if domain == HUB:
        return Provider("Docker Hub")
    host = host_of(domain)
    if is_local(host):
        return Provider("this machine")
    for pattern, name, told in _KNOWN:
        if found := re.fullmatch(pattern, host):
            return Provider(name, told.format(**found.groupdict("")))
    return None


def host_of(domain: str) -> str:
    """The host of a domain, without its port; an IPv6 address without its brackets."""
    host, colon, port = domain.rpartition(":")
    return (host if colon and port.isdecimal() else domain).strip("[]").lower()
