"""What the docker command says of a name before any registry is asked: it refuses it, or knows no such image."""

from __future__ import annotations

import re
from collections.abc import Iterator

from labcheck.diagnosis import Diagnosis, Explanation
from labcheck.errors import InvalidReference
from labcheck.name import domain, parsed, same
from labcheck.reference import HUB, parse_reference
from labcheck.verdict import Fix

MY_REGISTRY = "localhost:5000"
"""Where the course has its registry; a message does not say where the learner has theirs."""
IMAGES = ("nginx", "httpd", "busybox", "bash", "registry:2")
"""What Docker Hub and the course's own sandbox have for certain."""
ID = r"[0-9a-f]{12,64}"
OTHER_SLIPS = {
    "nginx": "nginz ngingx ngonx nginx2 engine-x enginx",
    "httpd": "httpds httpb apache apache2",
    "registry": "registery registriy regestry",
}


def _slips(name: str) -> Iterator[str]:
    """How a name comes out if one key is missed, held too long, or two are hit in the other order."""
    for at, letter in enumerate(name):
        yield name[:at] + name[at + 1 :]
        yield name[:at] + letter + name[at:]
        yield name[:at] + name[at + 1 : at + 2] + letter + name[at + 2 :]


MEANT = {slip: name for name, others in OTHER_SLIPS.items() for slip in {*_slips(name), *others.split()} - {name}}
"""How people mistype the course's three images; only for these names a message is certain to be of a slip."""
MISTYPED = (
    r"(?:No such image: |pull access denied for |exist locally with the tag: |manifest for |Unable to find image '"
    r'|failed to resolve reference ")'
    rf"(?:[^\s/]+/)*(?P<slip>{'|'.join(sorted(map(re.escape, MEANT), key=len, reverse=True))})"
    r"(?=(?::[\w.-]+)?(?:[\s',\"]|\Z))"
)


def told_mistyped(match: re.Match[str]) -> Explanation:
    """Which name was meant."""
    name, right = match["slip"], MEANT[match["slip"]]
    return Explanation(
        f"The image is called {right}; you typed {name}.",
        Fix(advice=f"Type the command again, with {right} in the place of {name}."),
    )


def _told_scheme(match: re.Match[str]) -> Explanation:
    return Explanation(
        f"The name of an image has no {match['scheme']} in front: a registry's host and port are enough.",
        Fix(advice=f"Type the command again, with the name {match['rest'].rstrip('/')}."),
    )


def _told_upper_case(match: re.Match[str]) -> Explanation:
    if match["path"] is None:
        return Explanation(
            "The name of an image is written in small letters, and yours has a capital one.",
            Fix(advice="Type the command again, with small letters only."),
        )
    path = match["path"].removeprefix("library/")
    return Explanation(
        f"The name of an image is written in small letters, and {path} has a capital one.",
        Fix(advice=f"Type the command again, with {path.lower()} in the place of {path}."),
    )


def _told_invalid(match: re.Match[str]) -> Explanation:
    name = match["name"]
    if match["registry"]:
        why = "The registry refuses this name: it may have small letters, digits and - _ . / in it."
    elif name is None:
        why = "Docker cannot read this name. Probably it has http:// in front, a / at its end, or a space in it."
    elif not name:
        why = "The name is empty. Probably the variable it should come from has no value."
    else:
        why = _fault(name)
    return Explanation(why, Fix(advice="Write it as HOST:PORT/NAME:TAG, for instance localhost:5000/nginx:latest."))


def _fault(name: str) -> str:
    try:
        parse_reference(name)
    except InvalidReference as error:
        return str(error).replace(
            "is no image reference", "is no name of an image", 1
        )  # names are taught, not references
    return f"Docker cannot read the name {name}."


ARGUMENTS = {
    "tag": "docker image tag takes two names: that of an image that is here, then the new one.",
    "push": "docker push takes one name, without a space in it: localhost:5000/nginx.",
    "pull": "docker pull takes one name, without a space in it: localhost:5000/nginx.",
    "rmi": "docker rmi takes at least one name. docker image ls shows which there are.",
    "image rm": "docker image rm takes at least one name. docker image ls shows which there are.",
    "run": "docker run takes the name of an image, behind all options, and there is none.",
}
"""What these commands take; of all others, that they take a container's name."""
CONTAINERS = "docker {verb} takes the name of a container, and there is none. docker ps -a shows which there are."


def _told_arguments(match: re.Match[str]) -> Explanation:
    verb = match["verb"]
    advice = "Look for a name that is missing, or for a space too many."
    if verb == "run":
        advice += " A command that goes on in the next line needs a \\ as the very last character of its line."
    return Explanation(ARGUMENTS.get(verb, CONTAINERS.format(verb=verb)), Fix(advice=advice))


def _told_no_such_image(match: re.Match[str]) -> Explanation:
    name = match["name"]
    if re.fullmatch(ID, name.removeprefix("sha256:")):
        return Explanation(
            f"There is no image {name} here. Probably it is removed already, or its id is mistyped.",
            Fix(advice="docker image ls shows which images are here, and their ids."),
        )
    if domain(name) in {HUB, ""}:
        pull = f"docker pull {name}"
        return Explanation(
            f"There is no image called {name} here. Probably it was not pulled yet, or it is removed already; "
            "docker image ls lists what is here.",
            Fix((pull,)) if _can_be_pulled(name) else Fix(advice=f"If Docker Hub has it, this fetches it:\n    {pull}"),
        )
    return Explanation(
        f"There is no image called {name} here. Probably it is removed already, "
        "or the two names of docker tag are the wrong way round.",
        named(last_part(name), name, "If you wanted to remove it, there is nothing left to do."),
    )


def _told_not_here(match: re.Match[str]) -> Explanation:
    name = match["name"]
    if domain(name) in {HUB, ""}:
        return not_here_for_hub(name)
    return Explanation(
        f"There is no image called {name} here, so there is nothing to push. Probably it was not tagged yet.",
        named(last_part(name), name, "Then push again. docker image ls shows all names."),
    )


def not_here_for_hub(name: str) -> Explanation:
    """Why nothing was pushed under this name, which leads to Docker Hub and is of no image here."""
    if re.fullmatch(ID, name):
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
        named(name, ours, f"Then push that name; your registry must run for it:\n    docker push {ours}"),
    )


def named(source: str, name: str, then: str) -> Fix:
    """Give the image this second name. What is not here is pulled first: a message never tells whether it is."""
    if _can_be_pulled(source):
        return Fix((f"docker pull {source}", f"docker image tag {source} {name}"), then)
    return Fix(
        advice=f"docker image ls shows what is here. This gives one of them the name:\n"
        f"    docker image tag NAME {name}\n{then}"
    )


def last_part(name: str) -> str:
    """The last part of the name, without registry and tag, as an official image is called."""
    reference = parsed(name)
    return reference.path.rpartition("/")[2] if reference else name


def _can_be_pulled(name: str) -> bool:
    return any(same(name, image) for image in IMAGES)


DIAGNOSES = (
    Diagnosis(
        "scheme-in-name",
        "The name has http:// in front.",
        message=r'"(?P<scheme>https?://)(?P<rest>[^"]*)" is not a valid repository/tag',
        told=_told_scheme,
    ),
    Diagnosis(
        "upper-case-in-name",
        "The name has a capital letter in it.",
        message=r"repository name (?:\((?P<path>[^)]+)\) )?must be lowercase",
        told=_told_upper_case,
    ),
    Diagnosis(
        "name-unreadable",
        "Docker cannot read the name.",
        message=(
            r'(?:Error parsing reference: "(?P<name>[^"]*)" is not a valid repository/tag: )?invalid reference format'
            r'|(?P<registry>"code":\s*"NAME_INVALID"|name invalid: invalid repository name)'
        ),
        told=_told_invalid,
    ),
    Diagnosis(
        "number-of-names",
        "The command has a name too many or too few.",
        message=(
            r"""["']docker (?:container (?=r|st|log)|image (?=tag|pu))?"""
            r"""(?P<verb>tag|push|pull|rmi|image rm|run|start|stop|restart|rm|logs)["']"""
            r" requires (?:exactly |at least )?\d argument"
        ),
        told=_told_arguments,
    ),
    Diagnosis(
        "no-such-image",
        "There is no image of that name here.",
        message=r"No such image: (?P<name>\S+)",
        told=_told_no_such_image,
    ),
    Diagnosis(
        "push-of-no-image",
        "What should be pushed is not here under that name.",
        message=r"(?:exist locally with the tag|tag does not exist): (?P<name>\S+)",
        told=_told_not_here,
    ),
)
