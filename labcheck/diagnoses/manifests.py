"""What a registry or the engine says of an image's manifest: none of this name, none for this kind of processor."""

from __future__ import annotations

import re

from labcheck.diagnoses.replies import PUSHED
from labcheck.diagnosis import Diagnosis, Explanation
from labcheck.name import domain, parsed
from labcheck.reference import HUB
from labcheck.verdict import Fix

PUSH_FIRST = "Push it first, or pull a tag that is there."


def _told_no_platform(match: re.Match[str]) -> Explanation:
    platform = match["platform"] or match["specified"] or match["host"]
    kind = f" ({platform})" if platform else ""
    if match["run"]:
        return Explanation(
            f"The program in the image cannot start on this machine's kind of processor{kind}. "
            "If it is a script, its first line probably does not say what reads it (#!/bin/sh).",
            Fix(advice="Choose an image that was made for several kinds, or build it on a machine of this kind."),
        )
    return Explanation(
        f"The image is there, but not for this machine's kind of processor{kind}.",
        Fix(advice="Push it from a machine of this kind, or choose an image or tag that was made for several kinds."),
    )


def _told_parts(match: re.Match[str]) -> Explanation:
    name = match["name"] or (f"{match['domain']}/{match['path']}" if match["domain"] else "NAME")
    return Explanation(
        "The image is made for several kinds of processor, and only some of its parts are here. "
        "Docker wants to send all of them, and cannot.",
        Fix(
            advice="docker image ls --tree shows which parts are here. Send only one of them, for instance:\n"
            f"    docker push --platform linux/amd64 {name}"
        ),
    )


def _told_unknown(match: re.Match[str]) -> Explanation:
    name = match["name"] or match["resolved"] or match["repository"]
    if name is None:
        return _told_reply(match)
    reference = parsed(name)
    if reference is None:
        return Explanation(f"The registry holds nothing called {name}.", Fix(advice=PUSH_FIRST))
    where, tag = domain(name), "" if match["repository"] else reference.tag or ""
    path = reference.path.removeprefix("library/")
    lacks = f"no {path} with the tag {tag}" if tag else f"nothing called {path}"
    if where == HUB:
        return Explanation(
            f"Docker Hub has {lacks}. Probably the name or the tag is mistyped, "
            "or it lacks your registry in front, as localhost:5000/.",
            Fix(
                advice="hub.docker.com shows which tags there are. The course's own sandbox has only nginx, httpd, "
                "busybox, bash and registry:2. Without a tag, Docker asks for latest."
            ),
        )
    place, shows = ("_catalog", "what is") if match["repository"] else (f"{reference.path}/tags/list", "which tags are")
    look = f"curl {where}/v2/{place} shows {shows} there.\n" if ":" in where else ""
    return Explanation(
        f"{where} answers, but it holds {lacks}. Probably it was not pushed yet, or under another name or tag.",
        Fix(advice=f"{look}{PUSH_FIRST}" + (" Without a tag, Docker asks for latest." if tag == "latest" else "")),
    )


def _told_reply(match: re.Match[str]) -> Explanation:
    """What the reply to curl says: its detail names a tag, or a repository, or nothing."""
    if match["unknown"] == "NAME_UNKNOWN":
        named = f" called {match['path']}" if match["path"] else " of that name"
        return Explanation(
            f"The registry answers, but it holds nothing{named}, or the last tag of it was deleted.",
            Fix(
                advice="curl localhost:5000/v2/_catalog lists what it holds. "
                "Push it first, or take a name that is there."
            ),
        )
    tag = match["tag"] or match["text"]
    what = f"the tag {tag}" if tag else "that tag or digest"
    return Explanation(
        f"The registry answers, but it holds no image of that name with {what}.",
        Fix(
            advice="curl localhost:5000/v2/NAME/tags/list shows which tags are there. "
            "Push it first, or take one of them."
        ),
    )


DIAGNOSES = (
    Diagnosis(
        "platforms-missing",
        "Parts of an image for several kinds of processor are not here.",
        message=(
            r"(?s)image with reference (?P<name>\S+) was found but does not provide any platform"
            rf"|{PUSHED}You're trying to push a manifest list/index"
        ),
        told=_told_parts,
    ),
    Diagnosis(
        "no-platform",
        "The image is not made for this kind of processor.",
        message=(
            r"(?sm)no matching manifest for (?P<platform>\S+)[^\n]*? in the manifest list"
            r"|no match for platform in manifest"
            r"|was found but does not (?:provide the specified platform \((?P<specified>[^)\s]+)\)"
            r"|match the specified platform: wanted)"
            r"|(?:detected host platform \((?P<host>\S+?)\)[^\n]*\n)?"
            r"(?P<run>^(?:exec \S+|standard_init_linux\.go:\d+: exec user process caused[^\n]*): \"?exec format error)"
        ),
        told=_told_no_platform,
    ),
    Diagnosis(
        "manifest-unknown",
        "The registry holds nothing of that name and tag.",
        message=(
            r"manifest for (?P<name>\S+) not found: manifest unknown"
            r'|failed to resolve (?:reference "|source metadata for )(?P<resolved>[^\s"]+?)"?: \S+: not found'
            r"|repository (?P<repository>\S+) not found: name unknown"
            r'|"code":\s*"(?P<unknown>MANIFEST_UNKNOWN|NAME_UNKNOWN)"'
            r'(?:,\s*"message":\s*"[^"]*",\s*"detail":\s*(?:\{\s*(?:"[Nn]ame":\s*"(?P<path>[^"]*)"\s*,?\s*)?'
            r'(?:"Tag":\s*"(?P<tag>[^"]*)")?|"unknown tag=(?P<text>[^"]*)"))?'
        ),
        told=_told_unknown,
    ),
)
