"""What a registry's API replies to curl: a code in capitals, as JSON, or a line of text."""

from __future__ import annotations

import re

from labcheck.diagnosis import Diagnosis, Explanation
from labcheck.verdict import Fix


def code(name: str) -> str:
    """The pattern of this code in a reply, also where jq has put it on lines of its own."""
    return rf'"code":\s*"{name}"'


def _told_no_delete(_match: re.Match[str]) -> Explanation:
    return Explanation(
        "This registry deletes nothing, unless it was told so when it was run. "
        "One that only hands on another registry's images takes neither deletes nor pushes.",
        Fix(
            advice="Run the registry again with this (no spaces around the =), then type the command again:\n"
            "    -e REGISTRY_STORAGE_DELETE_ENABLED=true"
        ),
    )


def _told_by_tag(_match: re.Match[str]) -> Explanation:
    return Explanation(
        "Probably the request named a tag, and this registry deletes by digest only: sha256: and 64 digits, "
        "a name that stays with one image.",
        Fix(
            advice="A pull prints the digest, for instance:\n"
            "    docker pull localhost:5000/nginx:latest\n"
            "Type your command again, with the digest in the place of the tag."
        ),
    )


def _told_accept(match: re.Match[str]) -> Explanation:
    kind = match["kind"]
    return Explanation(
        f"The image is there, but in the newer format OCI ({kind}), and the request did not say that it takes that. "
        "The header Accept is for that.",
        Fix(advice=f'Type the command again, with -H "Accept: application/vnd.oci.image.{kind}.v1+json".'),
    )


def _told_password(_match: re.Match[str]) -> Explanation:
    return Explanation(
        "The registry works: it asks for a user and a password, and this request had none, or wrong ones. "
        "A docker login does not count for curl.",
        Fix(
            advice="With a registry of your own, give curl the user: curl -u USER localhost:5000/v2/_catalog "
            "asks for the password."
        ),
    )


def _told_path(match: re.Match[str]) -> Explanation:
    if match["method"]:
        why = (
            "The registry knows this path, but does not do there what the word behind -X asks for. "
            "Probably the path is not complete, or the registry is set to read-only."
        )
    else:
        why = (
            "There is nothing at this path. Probably it is mistyped: a registry's paths begin with /v2/, "
            "and the image's name in them has no capital letters."
        )
    return Explanation(
        why,
        Fix(
            advice="Compare it with these: /v2/_catalog, /v2/NAME/tags/list, /v2/NAME/manifests/TAG, "
            "/v2/NAME/blobs/DIGEST."
        ),
    )


DIAGNOSES = (
    Diagnosis(
        "delete-not-enabled",
        "The registry was not told to allow deletes.",
        message=code("UNSUPPORTED"),
        told=_told_no_delete,
    ),
    Diagnosis(
        "deleted-by-tag",
        "A registry's image is deleted by its digest, not by its tag.",
        message=code("DIGEST_INVALID"),
        told=_told_by_tag,
    ),
    Diagnosis(
        "accept-header-missing",
        "The request did not say that it takes the newer format of images.",
        message=r"OCI (?P<kind>index|manifest) found, but accept header does not support OCI",
        told=_told_accept,
    ),
    Diagnosis(
        "curl-without-password",
        "The registry asks curl for a password.",
        message=code("UNAUTHORIZED"),
        told=_told_password,
    ),
    Diagnosis(
        "no-such-path",
        "The registry has nothing at this path.",
        message=r"(?m)^(?:404 page not found|(?P<method>Method not allowed))\s*$",
        told=_told_path,
    ),
)
