"""What a registry replied to a push or a pull, or that none could be reached, as the docker command prints it."""

from __future__ import annotations

import re

from labcheck.diagnoses.refusals import MY_REGISTRY
from labcheck.diagnosis import Diagnosis, Explanation
from labcheck.name import matches, parsed
from labcheck.reference import HUB
from labcheck.verdict import Fix

PUSHED = r"(?:The push refers to repository \[(?P<domain>[^/\]]+)/(?P<path>[^\]]+)\].*?)?"
"""Where a push was going, if the message is of a push; needs ``re.DOTALL``."""


def _told_to_hub(match: re.Match[str]) -> Explanation:
    name = match["path"].removeprefix("library/")
    if name == "localhost":
        return Explanation(
            "localhost:5000 alone is read as an image called localhost with the tag 5000. "
            "The image's name stands behind it, after a slash.",
            Fix(advice=f"Push the whole name, for instance docker push {MY_REGISTRY}/nginx."),
        )
    ours = f"{MY_REGISTRY}/{name.rpartition('/')[2]}"
    return Explanation(
        f"A name without a registry in front is Docker Hub's, so this went to Docker Hub. "
        f"For your own registry, give {name} a name that begins with its address, and push that.",
        Fix((f"docker image tag {name} {ours}", f"docker push {ours}")),
    )


def _told_rate_limit(_match: re.Match[str]) -> Explanation:
    return Explanation(
        "Docker Hub limits how many images one address may pull in some hours, and a class often shares one address.",
        Fix(
            advice="Log in with docker login, which allows more, or wait. The course's own sandbox needs no Docker Hub."
        ),
    )


def _told_no_internet(match: re.Match[str]) -> Explanation:
    name = match["name"] or ""
    if matches(name, "registry") and not any(matches(name, there) for there in ("registry:2", "registry:latest")):
        return Explanation(
            f"Docker Hub cannot be reached from here, and the course's own sandbox has no {name}, only registry:2. "
            "The tag, after the colon, says which version is meant.",
            Fix(advice=f"Type the command again, with registry:2 in the place of {name}."),
        )
    return Explanation(
        "Docker Hub cannot be reached from here. The course's own sandbox has nginx, httpd, busybox, bash and "
        "registry:2 without it; any other name or tag is probably mistyped.",
        Fix(advice="Look at the name and the tag first. For other images, the machine needs a network."),
    )


def _told_no_repository(match: re.Match[str]) -> Explanation:
    return Explanation(
        f"Docker Hub has nothing called {match['name']} that everybody may pull. Probably the name is mistyped, or "
        f"it lacks your registry in front: {MY_REGISTRY}/NAME.",
        Fix(advice="Look at the name letter by letter, then pull again. A login helps only for private images."),
    )


def _told_denied(match: re.Match[str]) -> Explanation:
    where = f" {match['domain']}" if match["domain"] else ""
    return Explanation(
        f"The registry{where} does not let you do that. Probably the name leads to somebody else's registry.",
        Fix(advice=f"Begin the name with your own registry, for instance {MY_REGISTRY}/nginx."),
    )


def _told_no_platform(match: re.Match[str]) -> Explanation:
    return Explanation(
        f"The image is there, but not for this machine's kind of processor ({match['platform']}).",
        Fix(advice="Push it from a machine of this kind, or choose an image or tag that was made for several kinds."),
    )


def _told_unknown(match: re.Match[str]) -> Explanation:
    reference, tag = parsed(match["name"]), match["tag"]
    if reference is None or reference.domain == HUB:
        return Explanation(
            f"Docker Hub has no {match['name']} with the tag {tag}. Probably the tag is mistyped, or that version "
            "does not exist: the tag, after the colon, says which one is meant.",
            Fix(advice="Type the command again, with a tag that is there, for instance registry:2 or nginx:latest."),
        )
    domain, path = reference.domain, reference.path
    look = f" curl {domain}/v2/{path}/tags/list shows which tags are there." if ":" in domain else ""
    return Explanation(
        f"{domain} answers, but it holds no {path} with the tag {tag}. "
        f"Probably it was not pushed yet, or under another name or tag.{look}",
        Fix(advice=f"Push it first, or pull a tag that is there. Without a tag, Docker asks for {tag}.")
        if tag == "latest"
        else Fix(advice="Push it first, or pull a tag that is there."),
    )


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.DOTALL)


DIAGNOSES = (
    Diagnosis(
        "pushed-to-docker-hub",
        "A name without a registry in front was pushed to Docker Hub.",
        message=_pattern(r"The push refers to repository \[docker\.io/(?P<path>[^\]]+)\]"),
        told=_told_to_hub,
    ),
    Diagnosis(
        "rate-limit",
        "Docker Hub's limit of pulls is reached.",
        message=_pattern(r"toomanyrequests: |429 Too Many Requests|reached your (?:\w+ )?pull rate limit"),
        told=_told_rate_limit,
    ),
    Diagnosis(
        "docker-hub-unreachable",
        "Docker Hub cannot be reached from this machine.",
        message=_pattern(
            r"(?:Unable to find image '(?P<name>[^']+)' locally\s.*?)?"
            r'"?https://(?:registry-1|auth|index)\.docker\.io/[^"\s]*"?: (?:dial|net/http|context|EOF|proxy)'
        ),
        told=_told_no_internet,
    ),
    Diagnosis(
        "repository-does-not-exist",
        "Docker Hub has no such repository, or it is private.",
        message=_pattern(r"pull access denied for (?P<name>[^\s,]+), repository does not exist"),
        told=_told_no_repository,
    ),
    Diagnosis(
        "push-denied",
        "The registry does not allow this push.",
        message=_pattern(PUSHED + r"denied: requested access to the resource is denied"),
        told=_told_denied,
    ),
    Diagnosis(
        "no-platform",
        "The image is not made for this kind of processor.",
        message=_pattern(r"no matching manifest for (?P<platform>\S+) in the manifest list"),
        told=_told_no_platform,
    ),
    Diagnosis(
        "manifest-unknown",
        "The registry holds nothing of that name and tag.",
        message=_pattern(r"manifest for (?P<name>\S+):(?P<tag>[^\s:/]+) not found: manifest unknown"),
        told=_told_unknown,
    ),
)
