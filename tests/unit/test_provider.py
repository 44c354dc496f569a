"""Whose registry a domain is: what the name tells, and nothing that it does not."""

from __future__ import annotations

import pytest

from labcheck.provider import Provider, provider
from labcheck.reference import parse_reference

KNOWN = {
    "nginx": "Docker Hub",
    "123456789012.dkr.ecr.eu-west-1.amazonaws.com/app": "Amazon ECR: account 123456789012, region eu-west-1",
    "123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com/a": "Amazon ECR: account 123456789012, region us-gov-west-1",
    "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/a": "Amazon ECR: account 123456789012, region cn-north-1",
    "123456789012.dkr-ecr.eu-west-1.on.aws/a": "Amazon ECR: account 123456789012, region eu-west-1",
    "public.ecr.aws/docker/library/nginx": "Amazon ECR Public: open to everybody",
    "team.azurecr.io/app": "Azure Container Registry: the registry is called team",
    "mcr.microsoft.com/dotnet/sdk": "Microsoft Artifact Registry: open to everybody",
    "europe-west3-docker.pkg.dev/project/repo/app": (
        "Google Artifact Registry: location europe-west3; the path is project/repository/image"
    ),
    "eu.gcr.io/project/app": "Google: the names of Container Registry, which Artifact Registry serves now",
    "ghcr.io/owner/app": "GitHub Container registry: the path begins with a person or an organisation on GitHub",
    "GHCR.io/owner/app": "GitHub Container registry: the path begins with a person or an organisation on GitHub",
    "ghcr.io:443/owner/app": "GitHub Container registry: the path begins with a person or an organisation on GitHub",
    "registry.gitlab.com/group/project": "GitLab: the path is that of the project",
    "quay.io/prometheus/prometheus": "Quay: Red Hat's; the path is organisation/repository",
    "registry.k8s.io/pause": "Kubernetes: its own images, open to everybody",
    "rg.fr-par.scw.cloud/a/b": "Scaleway: region fr-par",
    "localhost:5000/app": "this machine",
    "127.0.0.9/app": "this machine",
    "[::1]:5000/app": "this machine",
}


@pytest.mark.parametrize("name", KNOWN)
def test_the_name_of_the_host_tells_whose_registry_it_is(name: str) -> None:
    assert str(provider(parse_reference(name).domain)) == KNOWN[name]


@pytest.mark.parametrize(
    "domain",
    [
        "registry.example.com", "Docker.io", "docker.io:443", "ghcr.io.example.com", "xghcr.io",
        "12345678901.dkr.ecr.eu-west-1.amazonaws.com", "123456789012.dkr.ecr.eu-west-1.amazonaws.com.example.net",
        "10.0.0.1:5000", "[fc00::1]:5000", "256.256.256.256", "", "[:]",
    ],
)  # fmt: skip
def test_what_the_name_does_not_tell_is_not_guessed(domain: str) -> None:
    assert provider(domain) is None


def test_a_provider_of_which_no_more_is_told_is_its_name() -> None:
    assert str(Provider("DigitalOcean")) == "DigitalOcean"
