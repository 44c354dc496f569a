"""How the engine keeps images on its disk."""

from __future__ import annotations

from labcheck.doctor.conclusion import Conclusion, good, warning
from labcheck.doctor.facts.engine_info import engine_info, is_podman
from labcheck.doctor.machine import Machine
from labcheck.doctor.rule import rule
from labcheck.document import items, text
from labcheck.engine import Info

OF_CONTAINERD = "io.containerd.snapshotter"


@rule()
def image_store(machine: Machine) -> Conclusion | None:
    """What the engine keeps images in; nothing if it did not say."""
    info, name = machine.get(engine_info, None), "image store"
    if info is None or is_podman(machine):
        return None
    driver = text(info, "Driver")
    if any(OF_CONTAINERD in str(row) for row in items(info, "DriverStatus")):
        if not Info(info).dialect.reports_pulls:
            says = "The containerd store of this engine does not report pulls and pushes, so labcheck sees less."
            return warning(name, says, "Update Docker to version 25 or newer.")
        return good(name, f"Images are in the containerd store ({driver}).")
    if driver == "vfs":
        says = "Images are kept by vfs, which copies each of them whole: slow, and large."
        return warning(name, says, "Keep the engine's data on a local disk (ext4 or xfs).")
    return good(name, f"Images are kept by {driver}.") if driver else None
