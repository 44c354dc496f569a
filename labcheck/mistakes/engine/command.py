"""A word behind docker that is no command of it: which one was probably meant."""

from __future__ import annotations

from collections.abc import Mapping

from labcheck.mistake import Facts, explains, facts

COMMANDS = (
    "attach build builder buildx commit compose container context cp create diff events exec export history image "
    "images import info inspect kill load login logout logs manifest network pause plugin port ps pull push rename "
    "restart rm rmi run save search start stats stop swarm system tag top unpause update version volume wait"
)
PLUGINS = frozenset({"buildx", "compose"})
REGISTRY = frozenset({"registry", "registries", "repository", "repositories", "repo", "repos", "catalog", "tags"})
"""What people look for who want to know what a registry holds."""
UNDER = {
    "container": (
        "attach commit cp create diff exec export inspect kill logs ls pause port prune rename restart rm run start "
        "stats stop top unpause update wait"
    ),
    "image": "build history import inspect load ls prune pull push rm save tag",
    "volume": "create inspect ls prune rm update",
    "system": "df events info prune",
}
"""The words that may follow docker, and those that may follow docker and such a word."""


@explains("no-such-command")
def no_such_command(said: Mapping[str, str]) -> Facts:
    """The last word, and the one that is near it: in the command that is meant, and by itself; where all are listed."""
    from difflib import get_close_matches  # noqa: PLC0415 - for a message only; a look would wait for it

    *words, last = said["words"].split()
    near = "".join(get_close_matches(last, (UNDER.get(words[0], "") if words else COMMANDS).split(), 1))
    return facts(
        last=last,
        near=near,
        words=" ".join((*words, last)),
        meant=near and " ".join((*words, near)),
        help=" ".join((*words, "--help")),
        registry=not words and last in REGISTRY,
        plugin=not words and last in PLUGINS,
    )
