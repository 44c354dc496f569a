"""What a registry replied to a push or a pull, or that none could be reached, as the docker command prints it."""

from __future__ import annotations

import re

from labcheck.diagnosis import Diagnosis, Explanation
from labcheck.mistakes.refused.name import MY_REGISTRY, can_be_pulled, last_part
from labcheck.name import domain, matches, parsed
from labcheck.reference import HUB
from labcheck.verdict import Fix

PUSHED = r"(?:The push refers to repository \[(?P<domain>[^/\]]+)/(?P<path>[^\]]+)\](?:(?!The push refers to).)*?)?"
"""Where a push was going, if the message is of a push; needs ``re.DOTALL``. Never looked for beyond the next push."""


BEGIN = f"Give the image a name that begins with your own registry:\n    docker image tag NAME {MY_REGISTRY}/NAME"


def _told_to_hub(match: re.Match[str]) -> Explanation:
    name = match["path"].removeprefix("library/")
    if name == "localhost":
        return Explanation(
            "localhost:5000 alone is read as an image called localhost with the tag 5000. "
            "The image's name stands behind it, after a slash.",
            Fix(advice=f"Push the whole name, for instance:\n    docker push {MY_REGISTRY}/nginx"),
        )
    if match["missing"]:
        return not_here_for_hub(name)
    ours = f"{MY_REGISTRY}/{name.rpartition('/')[2]}"
    return Explanation(
        f"A name without a registry in front is Docker Hub's, so this went to Docker Hub. "
        f"For your own registry, give {name} a name that begins with its address, and push that.",
        Fix(
            (f"docker image tag {name} {ours}",),
            f"Then push that name; your registry must run for it:\n    docker push {ours}",
        ),
    )


def not_here_for_hub(name: str) -> Explanation:
    """Why nothing was pushed under this name, which leads to Docker Hub and is of no image here."""
    if re.fullmatch("[0-9a-f]{12,64}", name):
        return Explanation(
            f"{name} looks like an image's id, and only names are pushed. docker image ls shows its names.",
            Fix(
                advice="If none begins with your registry, give it one that does, then push that:\n"
                f"    docker image tag {name} {MY_REGISTRY}/NAME"
            ),
        )
    ours = f"{MY_REGISTRY}/{last_part(name)}"
    return Explanation(
        f"There is no image called {name} here, and a name without a registry in front is Docker Hub's. "
        "Give it a name that begins with your own registry, and push that.",
        _named(name, ours, f"Then push that name; your registry must run for it:\n    docker push {ours}"),
    )


def _named(source: str, name: str, then: str) -> Fix:
    """Give the image this second name. What is not here is pulled first: a message never tells whether it is."""
    if can_be_pulled(source):
        return Fix((f"docker pull {source}", f"docker image tag {source} {name}"), then)
    return Fix(
        advice=f"docker image ls shows what is here. This gives one of them the name:\n"
        f"    docker image tag NAME {name}\n{then}"
    )


def _told_rate_limit(match: re.Match[str]) -> Explanation:
    if match["other"]:
        return Explanation(
            f"{match['other']} limits how often it may be asked, and for now it has had enough.",
            Fix(advice=f"Wait some minutes, or log in with docker login {match['other']}, which may allow more."),
        )
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
    name = match["name"] or match["resolved"] or match["missing"]
    registry, reference = domain(name), parsed(name)
    if registry not in {HUB, ""}:
        return Explanation(
            f"{registry} has nothing called {name} that everybody may pull. Probably the name is mistyped, "
            "or the registry wants a login.",
            Fix(advice=f"Look at the name letter by letter. docker login {registry} logs in, then pull again."),
        )
    called = reference.familiar if reference and match["resolved"] else name
    return Explanation(
        f"Docker Hub has nothing called {called} that everybody may pull. Probably the name is mistyped, or "
        f"it lacks your registry in front: {MY_REGISTRY}/NAME.",
        Fix(advice="Look at the name letter by letter, then pull again. A login helps only for private images."),
    )


def _told_denied(match: re.Match[str]) -> Explanation:
    where = f" {match['domain']}" if match["domain"] else ""
    return Explanation(
        f"The registry{where} does not let you do that. Probably the name leads to somebody else's registry.",
        Fix(advice=BEGIN),
    )


def _told_forbidden(match: re.Match[str]) -> Explanation:
    address = match["domain"] or match["asked"] or match["login"] or match["pulled"] or "localhost:5000"
    if not address.startswith(("localhost", "127.")):
        return Explanation(
            f"{address} forbids that (HTTP 403). Probably the name leads to somebody else's registry, "
            "or a proxy stands between.",
            Fix(advice=BEGIN),
        )
    return Explanation(
        f"What answers at {address} forbids that (HTTP 403). On a Mac it is probably AirPlay Receiver; "
        "elsewhere a proxy, or somebody else's registry.",
        Fix(
            advice=f"curl -sI http://{address}/v2/ shows who it is. AirTunes is AirPlay Receiver: switch it off "
            "(System Settings, General, AirDrop & Handoff). Anything else has to stop, too. Then start the registry."
        ),
    )


DIAGNOSES = (
    Diagnosis(
        "pushed-to-docker-hub",
        "A name without a registry in front was pushed to Docker Hub.",
        message=r"(?s)The push refers to (?:a )?repository \[docker\.io/(?P<path>[^\]]+)\]"
        r"(?:(?:(?!The push refers to).)*?(?P<missing>exist locally with the tag|tag does not exist))?",
        told=_told_to_hub,
    ),
    Diagnosis(
        "rate-limit",
        "Docker Hub's limit of pulls, or another registry's, is reached.",
        message=(
            r"(?s)(?:request to https://(?P<other>(?![^/]*docker\.)[^/\s]+)/\S*: )?429 Too Many Requests"
            r'|toomanyrequests: |reached your (?:\w+ )?pull rate limit|"code":\s*"TOOMANYREQUESTS"'
        ),
        told=_told_rate_limit,
    ),
    Diagnosis(
        "docker-hub-unreachable",
        "Docker Hub cannot be reached from this machine.",
        message=(
            r"(?s)(?:Unable to find image '(?P<name>[^']+)' locally\s(?:(?!Unable to find image).)*?)?"
            r'"?https://(?:registry-1|auth|index)\.docker\.io/[^"\s]*"?: (?:dial|read|net/http|context|EOF|proxy)'
        ),
        told=_told_no_internet,
    ),
    Diagnosis(
        "repository-does-not-exist",
        "Docker Hub has no such repository, or it is private.",
        message=(
            r"(?s)pull access denied for (?P<name>[^\s,]+), repository does not exist(?![^\n]*: denied: Forbidden)"
            r'|failed to resolve (?:reference "|source metadata for )(?P<resolved>[^\s"]+?)"?: '
            r"pull access denied, repository does not exist(?![^\n]*no basic auth)"
            r"|repository (?P<missing>\S+) not found: does not exist or no (?:pull|read) access"
        ),
        told=_told_no_repository,
    ),
    Diagnosis(
        "push-denied",
        "The registry does not allow this push.",
        message=(
            r"(?s)" + PUSHED + r"(?:denied: requested access to the resource is denied"
            r"|push access denied, repository does not exist or may require authorization(?![^\n]*no basic auth))"
        ),
        told=_told_denied,
    ),
    Diagnosis(
        "forbidden",
        "What answers at the address forbids it.",
        message=(
            r"(?s)" + PUSHED + r"(?:login attempt to https?://(?P<login>[^/\s]+)/v2/ failed with status: 403 "
            r"|parsing HTTP 403 response body|unexpected HTTP status: 403 |unexpected status"
            r"(?: from [A-Z]+ request to https?://(?P<asked>(?![^/]*docker\.)[^/\s]+)/\S*)?: 403 "
            r"|pull access denied for (?P<pulled>[^/\s]+)/[^\n]*: denied: Forbidden)"
        ),
        told=_told_forbidden,
    ),
)
