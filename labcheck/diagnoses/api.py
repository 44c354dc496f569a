"""What a registry's API replies to curl: a code in capitals, as JSON, or a line of text."""

from __future__ import annotations

import re

from labcheck.diagnosis import Diagnosis, Explanation
from labcheck.verdict import Fix

DIGEST = (
    "curl -sI -H 'Accept: application/vnd.docker.distribution.manifest.v2+json' "
    "localhost:5000/v2/nginx/manifests/latest"
)
"""Shows the digest of an image among the headers; a message does not say which one the learner meant."""


def code(name: str) -> str:
    """The pattern of this code in a reply, also where jq has put it on lines of its own."""
    return rf'"code":\s*"{name}"'


def _told_no_delete(_match: re.Match[str]) -> Explanation:
    return Explanation(
        "This registry deletes nothing: it does so only if it was told when it was run. "
        "A mirror of another registry takes neither deletes nor pushes.",
        Fix(
            advice="Run the registry again with -e REGISTRY_STORAGE_DELETE_ENABLED=true (without spaces around the =), "
            "then type the command again."
        ),
    )


def _told_by_tag(_match: re.Match[str]) -> Explanation:
    return Explanation(
        "The request names no digest that fits. Probably you named a tag: this registry deletes by digest only.",
        Fix(advice=f"Ask for the digest, then put it in the place of the tag: {DIGEST}"),
    )


def _told_accept(match: re.Match[str]) -> Explanation:
    kind = match["kind"]
    return Explanation(
        f"The image is there, but as an OCI {kind}, and the request did not say that it takes such. "
        "That is what the header Accept is for.",
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
            "The registry knows this path, but not to do that there (the word behind -X). "
            "Probably the path is not complete, or the registry is set to read-only."
        )
    else:
        why = (
            "There is something at this address, but nothing at this path. Probably the path is mistyped: a registry's "
            "begin with /v2/, and have no capital letters in the image's name."
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
        message=re.compile(code("UNSUPPORTED")),
        told=_told_no_delete,
    ),
    Diagnosis(
        "deleted-by-tag",
        "A manifest is deleted by its digest, not by its tag.",
        message=re.compile(code("DIGEST_INVALID")),
        told=_told_by_tag,
    ),
    Diagnosis(
        "accept-header-missing",
        "The request did not say which kind of manifest it takes.",
        message=re.compile(r"OCI (?P<kind>index|manifest) found, but accept header does not support OCI"),
        told=_told_accept,
    ),
    Diagnosis(
        "curl-without-password",
        "The registry asks curl for a password.",
        message=re.compile(code("UNAUTHORIZED")),
        told=_told_password,
    ),
    Diagnosis(
        "no-such-path",
        "The registry has nothing at this path.",
        message=re.compile(r"^(?:404 page not found|(?P<method>Method not allowed))\s*$", re.MULTILINE),
        told=_told_path,
    ),
)
