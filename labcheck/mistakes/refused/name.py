"""A name that the docker command refuses, or that no image has here."""

from __future__ import annotations

from collections.abc import Mapping

from labcheck.errors import InvalidReference
from labcheck.mistake import Facts, explains, facts
from labcheck.mistake.message import SOMEWHERE
from labcheck.name import domain, parsed, same
from labcheck.reference import HUB, parse_reference
from labcheck.refusal import EXAMPLE

IMAGES = ("nginx", "httpd", "busybox", "bash", "registry:2")
"""What Docker Hub and the course's own sandbox have for certain."""


@explains("upper-case-in-name")
def upper_case_in_name(said: Mapping[str, str]) -> Facts:
    """The name in small letters."""
    return facts(small=said["path"].lower())


@explains("option-value-unquoted")
def option_value_unquoted(said: Mapping[str, str]) -> Facts:
    """Whether the word is no image's name that somebody may have meant."""
    return facts(strange=not can_be_pulled(said["word"].lower()))


@explains("name-unreadable")
def name_unreadable(said: Mapping[str, str]) -> Facts:
    """What is wrong with the name, where the message has it."""
    return facts(fault=_fault(said["name"]) if said["name"] else "")


@explains("no-such-image")
@explains("push-of-no-image")
def not_here(said: Mapping[str, str]) -> Facts:
    """Whether the name is Docker Hub's, and which image, known to be there, was probably meant to have it.

    A message never tells whether that one is here, so what is ``known`` is pulled first.
    """
    name = said["name"]
    hub = domain(name) in {HUB, ""}
    source = name if hub else last_part(name)
    return facts(hub=hub, source=source, known=can_be_pulled(source), ours=f"{SOMEWHERE}/{last_part(name)}")


def last_part(name: str) -> str:
    """The last part of the name, without registry and tag, as an official image is called."""
    reference = parsed(name)
    return reference.path.rpartition("/")[2] if reference else name


def can_be_pulled(name: str) -> bool:
    """Whether this is an image that is there for certain."""
    return any(same(name, image) for image in IMAGES)


def _fault(name: str) -> str:
    try:
        parse_reference(name)
    except InvalidReference as error:
        # Names are taught, not references; and the page itself says how one looks, without an address of nobody's.
        said = str(error).replace("is not an image reference", "is no name of an image", 1)
        return said.removesuffix(f" {EXAMPLE}")
    return f"Docker cannot read the name {name}."
