"""In a sandbox: random histories of a registry, and whether what is foretold of a collection is what it then takes.

A history pushes images that share layers, across repositories too, moves tags, pushes indexes, deletes by digest, and
now and then collects. After each of these labcheck looks, as the recorder does. Then the collector runs, with
``--delete-untagged`` or without it, and the files that are gone are compared with what was foretold. It prints a line
of JSON for each history.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import urllib.error
from collections.abc import Callable

from labcheck import stock
from labcheck.attempt import Attempt, opened
from labcheck.collection import collected
from labcheck.lab import Lab, Step
from labcheck.leftovers import Leftovers
from labcheck.past import Past
from labcheck.question import Question, Truth
from labcheck.snapshot import Found
from labcheck.storage_answer import StorageAnswer
from labcheck.wait import wait_until
from tests.live.pushing import BYTES, INDEX, OCI, REGISTRY, asked, descriptor, digest, put

DOMAIN = "localhost:5000"
CONFIG = "application/vnd.oci.image.config.v1+json"
LAYER = "application/vnd.oci.image.layer.v1.tar+gzip"
REPOSITORIES = ("site", "team/site", "tools")
TAGS = ("1", "2", "latest")
SHORTEST, LONGEST = 3, 14
COLLECT = ["docker", "exec", "my-registry", "registry", "garbage-collect", "/etc/docker/registry/config.yml"]
TAKES = "blob eligible for deletion: "
STORAGE = "/var/lib/registry/docker/registry/v2/blobs"
RUN = "docker run -d --name my-registry -p 5000:5000 -e REGISTRY_STORAGE_DELETE_ENABLED=true registry:2"
FREED = StorageAnswer(blobs_freed_at=DOMAIN)
QUESTION = Question(ask="How many?", kind="number", answer=Truth(storage=FREED))
LAB = Lab(title="Collecting", steps=(Step(id="freed", title="Foretell", question=QUESTION),), slug="/collecting")


class History:
    """A registry that things happen to, at random, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - a test's choices, no secret
        self.named: dict[tuple[str, str], str] = {}
        self.manifests: dict[tuple[str, str], dict[str, object]] = {}
        self.told: list[str] = []

    def step(self) -> None:
        """One thing that happens."""
        acts: list[Callable[[], str]] = [
            self.push,
            self.push,
            self.push,
            self.tag,
            self.index,
            self.delete,
            self.delete,
        ]
        self.told.append(self.chance.choice(acts)())

    def push(self) -> str:
        """An image of some of a few layers, under a tag, which may have named another one."""
        repository, tag = self.chance.choice(REPOSITORIES), self.chance.choice(TAGS)
        self._named(repository, tag, self._image(repository))
        return f"push {repository}:{tag}"

    def index(self) -> str:
        """An index of two images, which have no tags."""
        repository, tag = self.chance.choice(REPOSITORIES), self.chance.choice(TAGS)
        entries: list[dict[str, object]] = []
        for processor in ("amd64", "arm64"):
            document = self._image(repository)
            own = put(repository, _own(document), document)
            self.manifests[repository, own] = document
            platform = {"os": "linux", "architecture": processor}
            entries.append({"mediaType": OCI, "digest": own, "size": len(_bytes(document)), "platform": platform})
        self._named(repository, tag, {"mediaType": INDEX, "manifests": entries})
        return f"index {repository}:{tag}"

    def tag(self) -> str:
        """Another tag for what has one, or for what has lost it."""
        if not self.manifests:
            return self.push()
        repository, own = self.chance.choice(sorted(self.manifests))
        tag = self.chance.choice(TAGS)
        self._named(repository, tag, self.manifests[repository, own])
        return f"tag {repository}:{tag}"

    def delete(self) -> str:
        """A manifest by its digest, whether or not it has a tag or is part of an index."""
        if not self.manifests:
            return self.push()
        repository, own = self.chance.choice(sorted(self.manifests))
        asked("DELETE", f"{REGISTRY}/v2/{repository}/manifests/{own}")
        del self.manifests[repository, own]
        self.named = {name: it for name, it in self.named.items() if (name[0], it) != (repository, own)}
        return f"delete {repository}@{own[7:15]}"

    def _image(self, repository: str) -> dict[str, object]:
        """An image of up to three of six layers; one in three has a config that others have."""
        layers = self.chance.sample(range(6), self.chance.randint(0, 3))
        config = self.chance.randint(0, 2) if self.chance.random() < 1 / 3 else self.chance.getrandbits(64)
        return {
            "mediaType": OCI,
            "config": self._blob(repository, f'{{"os": "linux", "architecture": "amd64", "n": {config}}}', CONFIG),
            "layers": [self._blob(repository, f"layer {layer}", LAYER) for layer in layers],
        }

    def _blob(self, repository: str, text: str, media_type: str) -> dict[str, object]:
        """The blob, sent, or mounted from another repository if that has it."""
        body, other = text.encode(), self.chance.choice(REPOSITORIES)
        if self.chance.random() < 1 / 2:
            return descriptor(repository, body, media_type)
        own = digest(body)
        _, place = asked("POST", f"{REGISTRY}/v2/{repository}/blobs/uploads/?mount={own}&from={other}", b"")
        if "/uploads/" in place:  # it was not there to be mounted
            place = place if "://" in place else REGISTRY + place
            asked("PUT", f"{place}{'&' if '?' in place else '?'}digest={own}", body, Content_Type=BYTES)
        return {"mediaType": media_type, "digest": own, "size": len(body)}

    def _named(self, repository: str, tag: str, document: dict[str, object]) -> None:
        try:
            own = put(repository, tag, document)
        except urllib.error.HTTPError:  # a part of it was deleted
            return
        self.manifests[repository, own] = document
        self.named[repository, tag] = own


def _bytes(document: dict[str, object]) -> bytes:
    return json.dumps({"schemaVersion": 2, **document}).encode()


def _own(document: dict[str, object]) -> str:
    return digest(_bytes(document))


def stored() -> frozenset[str]:
    """The blobs whose bytes are on the registry's disk."""
    found = typed(["docker", "exec", "my-registry", "find", STORAGE, "-name", "data"], is_to_succeed=False)
    return frozenset(f"sha256:{line.split('/')[-2]}" for line in found.splitlines())


def typed(command: list[str], *, is_to_succeed: bool = True) -> str:
    """What the command prints."""
    return subprocess.run(command, check=is_to_succeed, capture_output=True, text=True, timeout=240).stdout


def anew() -> None:
    """An empty registry that remembers nothing."""
    typed(["docker", "exec", "my-registry", "rm", "-rf", "/var/lib/registry/docker"])
    restarted()


def restarted() -> None:
    """The registry, started again, and ready."""
    typed(["docker", "restart", "-t", "0", "my-registry"])
    assert wait_until(_answers, 20, every=0.02)


def _answers() -> bool:
    try:
        asked("GET", f"{REGISTRY}/v2/")
    except (OSError, urllib.error.URLError):
        return False
    return True


def foretold(past: Past, *, untagged: bool) -> tuple[frozenset[str], int] | str:
    """The blobs that a collection takes, and how many manifests; or why that is not known."""
    there = stock.stock(past, DOMAIN)
    if not isinstance(there, Found):
        return there.reason
    taken = collected(there.value, untagged=untagged)
    answer = FREED.right(past)
    if not untagged:
        assert isinstance(answer, Found)
        assert answer.value == {str(len(taken.blobs))}
    return taken.blobs, len(taken.manifests)


def compared(attempt: Attempt, *, untagged: bool) -> dict[str, object]:
    """What was foretold, and what the real collector took."""
    told = foretold(attempt.looked().past, untagged=untagged)
    printed = typed([*COLLECT, *(["--delete-untagged"] if untagged else [])]).splitlines()
    gone = {line.removeprefix(TAKES) for line in printed if line.startswith(TAKES)}
    assert not gone & stored(), "the collector took all that it named"
    said = next((line for line in printed if "eligible for deletion" in line and "marked" in line), "")
    return {
        "untagged": untagged,
        "told": sorted(told[0]) if isinstance(told, tuple) else told,
        "manifests": told[1] if isinstance(told, tuple) else None,
        "gone": sorted(gone),
        "said": said,
    }


def played(attempt: Attempt, seed: int) -> dict[str, object]:
    """One history, from an empty registry to the end of a collection."""
    anew()
    attempt.reset(Leftovers())
    attempt.looked()
    history = History(seed)
    collections = []
    for _ in range(history.chance.randint(SHORTEST, LONGEST)):
        history.step()
        attempt.looked()
        if history.chance.random() < 1 / 20:
            collections.append(compared(attempt, untagged=False))
            history.told.append("collect")
            restarted()
            attempt.looked()
    collections.append(compared(attempt, untagged=history.chance.random() < 1 / 3))
    return {"seed": seed, "history": history.told, "collections": collections}


def main(first: int, count: int) -> None:
    """Play so many histories."""
    typed(RUN.split())
    assert wait_until(_answers, 20, every=0.02)
    with opened(LAB) as attempt:
        for seed in range(first, first + count):
            print(json.dumps(played(attempt, seed)), flush=True)  # noqa: T201 - a script


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
