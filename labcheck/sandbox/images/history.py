"""How an image was built, in the words of a Dockerfile, for ``docker history`` to show."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

# What Docker calls the settings in an image's configuration, and the instruction that would have set them.
_INSTRUCTIONS = {
    "Env": "ENV",
    "Volumes": "VOLUME",
    "WorkingDir": "WORKDIR",
    "Entrypoint": "ENTRYPOINT",
    "ExposedPorts": "EXPOSE",
    "StopSignal": "STOPSIGNAL",
    "Cmd": "CMD",
}


def history(layers: list[Mapping[str, str]], settings: Mapping[str, Any], created: str) -> list[dict[str, Any]]:
    """One step per layer (its packages and their versions), then one per instruction."""
    copied = ["COPY " + " ".join(f"{name}={version}" for name, version in sorted(used.items())) for used in layers]
    return [
        *({"created": created, "created_by": f"{step} /"} for step in copied),
        *({"created": created, "created_by": step, "empty_layer": True} for step in _steps(settings)),
    ]


def _steps(settings: Mapping[str, Any]) -> Iterator[str]:
    for setting, instruction in _INSTRUCTIONS.items():
        value = settings.get(setting)
        match value:
            case None:
                pass
            case list() if setting == "Env":
                yield from (f"{instruction} {item}" for item in value)
            case list():
                yield f"{instruction} {json.dumps(value)}"
            case dict():
                yield f"{instruction} {' '.join(value)}"
            case _:
                yield f"{instruction} {value}"
