"""A message has the same name wherever it was copied from: a log of integration, a builder, a shell, JSON."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from labcheck.mistake import explain
from tests.unit.mistakes.test_messages import WELL

SAID = {
    "no-such-path": "404 page not found",
    "download-broke-off": "latest: Pulling from nginx\n2de083929d0e: Downloading [==>   ]\nunexpected EOF",
    "list-of-lists": "localhost:5000/app:amd64 is a manifest list",
    "no-platform": 'exec /usr/local/bin/app: "exec format error',
    "access-refused": "The push refers to repository [r.example/app]\nf96222d75c55: Layer already exists\ndenied",
    "manifest-unknown": "Error: localhost:5000/nginx:v9: not found",
    "upload-unknown": "The push refers to repository [r.example:5000/app]\n5f70bf18a086: Pushing\nunknown blob",
    "htpasswd-file-missing": "panic: unable to configure authorization (htpasswd): open /htpasswd: permission denied",
}
"""Messages that are recognised by where their lines begin or end, and others."""
POWERSHELL = """docker : {first}
At line:1 char:1
+ docker push localhost:5000/app
+ ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
    + CategoryInfo          : NotSpecified: ({first}:String) [], RemoteException
    + FullyQualifiedErrorId : NativeCommandError

{rest}"""


def each(before: str) -> Callable[[str], str]:
    """This stands before each line."""
    return lambda said: "\n".join(before + line for line in said.splitlines())


def powershell(said: str) -> str:
    """As Windows PowerShell shows what a program writes to its stderr."""
    first, _, rest = said.partition("\n")
    return POWERSHELL.format(first=first, rest=rest)


PLACES: dict[str, Callable[[str], str]] = {
    "GitHub": each("2026-01-02T03:04:05.6789012Z "),
    "GitLab": each("2026-01-02T03:04:05.678901Z 01O "),
    "Jenkins": each("[2026-01-02T03:04:05.678Z] "),
    "Azure": each("2026-01-02T03:04:05.6789012Z ##[error]"),
    "BuildKit": each("#12 0.345 "),
    "compose": each("registry-1  | "),
    "compose of before": each("my_registry_1 | "),
    "the system's log": each("Jan  2 03:04:05 host dockerd[123]: "),
    "a mail": each("> "),
    "a list": each("    "),
    "a terminal with its prompts": lambda said: f"me@host:~$ docker push app\n{said}\nme@host:~$ ",
    "sudo": lambda said: f"[sudo] Passwort für me: \n{said}",
    "PowerShell": powershell,
    "an API": lambda said: json.dumps({"message": said}),
    "Ansible": lambda said: f'fatal: [host]: FAILED! => {{"changed": false, "msg": {json.dumps(said)}}}',
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", SAID)
def test_what_is_put_around_a_message_changes_nothing(name: str, place: str) -> None:
    assert (explain(SAID[name]) or ("",))[0] == name
    told = explain(PLACES[place](SAID[name]))
    assert told is not None
    assert told[0] == name


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("said", WELL)
def test_what_went_well_is_no_mistake_wherever_it_is_shown(said: str, place: str) -> None:
    assert explain(PLACES[place](WELL[said])) is None


def test_a_registry_s_own_reply_in_json_is_explained_as_such() -> None:
    told = explain('{"errors":[{"code":"UNAUTHORIZED","message":"unauthorized: authentication required"}]}')
    assert told is not None
    assert told[0] == "curl-without-password"
