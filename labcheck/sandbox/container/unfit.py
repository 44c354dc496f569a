"""In which engines no container of the course can be, and why, by what they say of themselves."""

from __future__ import annotations

from labcheck.document import Document, text, texts
from labcheck.observe.engine.endpoint import Endpoint

OTHERWISE = "Choose another engine with docker context use, or run the course on Linux."
PODMAN = "Podman answers in Docker's place, and the course's container was never tried with it."


def unfit(info: Document, its: Endpoint) -> str:
    """Why no such container can be in this engine; the empty string if it can."""
    if its.is_elsewhere:
        return f"The Docker engine at {its.place} is on another machine, which does not have your folder."
    if text(info, "BuildahVersion"):
        return PODMAN
    if (kind := text(info, "OSType")) not in {"linux", ""}:
        return f"This Docker engine runs {kind.capitalize()} containers; the course's is one for Linux."
    if any("rootless" in row for row in texts(info, "SecurityOptions")):
        return "This Docker engine runs without root, and a container of it cannot hold another engine."
    return ""
