"""The image of the course's container in the learner's engine: built from our Dockerfile, saved to a file, loaded.

A labcheck builds its own, named by the digest of all that it is built from. Only ours are ever removed: by their label.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from labcheck.errors import Refused, SandboxError
from labcheck.files import replacing
from labcheck.render.printable import prose
from labcheck.sandbox.container import archive, context
from labcheck.sandbox.container.settings import LABEL

if TYPE_CHECKING:
    from docker import APIClient

REPOSITORY = "labcheck-course"
BASE = "LABCHECK_BASE"
"""Environment variable: another base image than the Dockerfile's."""
SLOW = 1800
"""For how many seconds a step of the build may say nothing: it downloads packages."""
CARRY = (
    "Is there a network? Elsewhere, labcheck images save --container FILE writes the image; "
    "here, labcheck images load --container FILE reads it."
)


def name() -> str:
    """The name of this labcheck's image."""
    return f"{REPOSITORY}:{context.key()}"


def is_there(docker: APIClient) -> bool:
    """Whether the engine has it."""
    return bool(docker.images(name(), quiet=True))


def build(docker: APIClient, home: str, *, tell: Callable[[str], object]) -> None:
    """Build it, unless it is there; then remove those of earlier labchecks. Raises ``SandboxError``."""
    if is_there(docker):
        return
    tell("Building the image of the course's container; it takes some minutes, once ...")
    base = os.environ.get(BASE)
    steps = docker.build(
        fileobj=io.BytesIO(context.context()),
        custom_context=True,
        tag=name(),
        rm=True,
        forcerm=True,
        decode=True,
        timeout=SLOW,
        labels={LABEL: home},
        buildargs={"BASE": base} if base else {},
    )
    for said in steps:
        _follow(said, tell)
    if not is_there(docker):
        raise SandboxError("The image of the course's container could not be built.", CARRY)
    _remove_earlier(docker, home)


def save(docker: APIClient, file: Path) -> None:
    """Write it to a new file. Raises ``Refused`` if the file exists."""
    if file.exists():
        raise Refused(f"{file} already exists.", "Choose another name, or remove the file.")
    with replacing(file) as whole:
        for piece in docker.get_image(name()):
            whole.write(piece)
        whole.flush()
        os.fsync(whole.fileno())


def load(docker: APIClient, file: Path) -> None:
    """Load it from a file that ``save`` wrote. Raises ``SandboxError`` if it is another, and loads nothing then."""
    try:
        names = archive.names(file)
    except OSError as error:
        raise SandboxError(f"{file} cannot be read: {error.strerror}.", CARRY) from error
    except ValueError as error:
        raise SandboxError(f"{file} cannot be used: {error}.", CARRY) from error
    if names != {name()}:
        found = ", ".join(sorted(names)) or "no image with a name"
        raise SandboxError(
            f"{file} has {prose(found)}, and this labcheck needs {name()}.", f"Save it with the same labcheck. {CARRY}"
        )
    with file.open("rb") as stream:
        loading: Iterator[dict[str, Any]] = docker.load_image(stream)  # type: ignore[no-untyped-call]
        for said in loading:
            _follow(said, lambda _: None)


def _follow(said: dict[str, Any], tell: Callable[[str], object]) -> None:
    """Say which step has begun. Raises ``SandboxError`` for what went wrong."""
    if error := said.get("error"):
        raise SandboxError(f"The image of the course's container could not be made: {prose(str(error))}.", CARRY)
    line = str(said.get("stream", "")).strip()
    if line.startswith("Step "):
        tell(line.partition(" : ")[0])


def _remove_earlier(docker: APIClient, home: str) -> None:
    from docker.errors import APIError  # noqa: PLC0415 - importing the SDK takes 0.1 s

    for image in docker.images(filters={"label": f"{LABEL}={home}"}):
        for tag in image.get("RepoTags") or ():
            if tag.startswith(f"{REPOSITORY}:") and tag != name():
                with suppress(APIError):  # a container still uses it
                    docker.remove_image(tag)
