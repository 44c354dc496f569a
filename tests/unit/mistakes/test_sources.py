"""What registries and docker can say, by their sources: each code and message has its diagnosis, or none on purpose.

Read were distribution v3.1.1, the OCI distribution specification v1.1.1, docker/cli v29.7.2 and moby docker-v29.7.2.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from labcheck.mistake import explain
from tests.support.listed import listed

HERE = Path(__file__).parent
CODES: list[dict[str, Any]] = listed(HERE / "registry-codes.yaml")
MESSAGES: dict[str, list[dict[str, str]]] = listed(HERE / "docker-messages.yaml")
OCI = 14
"""How many codes the specification has, numbered from 1 on."""
WAYS = ("curl", "docker-28", "docker-29", "crane")
NONE = "none"


def said(code: str, message: str) -> dict[str, str]:
    """What a client prints of this error, by the client."""
    return {
        "curl": json.dumps({"errors": [{"code": code, "message": message}]}, separators=(",", ":")),
        "docker-28": f"Error response from daemon: {code.lower().replace('_', ' ')}: {message}",
        "docker-29": f"Error response from daemon: error from registry: {message}",
        "crane": f"Error: {code}: {message}",
    }


def named(text: str) -> str:
    """The diagnosis of a message."""
    found = explain(text)
    return found[0] if found else NONE


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("row", CODES, ids=lambda it: it["code"])
def test_a_code_of_a_registry_is_explained_in_each_client_s_words(row: dict[str, Any], way: str) -> None:
    expected = NONE if row["is"] == NONE else row["is"][way]
    assert named(said(row["code"], row["message"])[way]) == expected


def test_all_codes_of_the_specification_are_there() -> None:
    assert sorted(row["oci"] for row in CODES if "oci" in row) == list(range(1, OCI + 1))


@pytest.mark.parametrize("row", [*MESSAGES["client"], *MESSAGES["engine"]], ids=lambda it: it["says"])
def test_a_message_of_docker_is_explained_or_left_alone_on_purpose(row: dict[str, str]) -> None:
    assert named(row["says"]) == row["is"]


def test_where_nothing_is_said_there_is_a_reason() -> None:
    rows = [*CODES, *MESSAGES["client"], *MESSAGES["engine"]]
    assert all(bool(row.get("because")) is (row["is"] == NONE) for row in rows)
