"""Inside a sandbox: build the repair shop whole, then break it in each way that an attempt can draw, and mend it.

It prints a line of JSON for each fault: what the customer's command said and which demands failed, broken and mended.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from tempfile import TemporaryDirectory
from typing import TypeVar

import msgspec

from labcheck.attempt import opened
from labcheck.lab import Lab, load
from labcheck.verdict import Outcome
from labcheck.wait import repeat
from tests.live.undoing import World
from tests.support.faults import GROUPS, SLUG, broken, whole

T = TypeVar("T")
READY = "for i in $(seq 20); do curl -sko up https://registry.test:5448/v2/ && break; sleep 0.1; done"
MIRROR_READY = "for i in $(seq 20); do curl -so up localhost:5449/v2/ && break; sleep 0.1; done"

SETTLED = """for name in repair-shop repair-mirror; do
  for i in $(seq 1200); do
    test "$(docker inspect -f '{{.State.Status}}' $name)" = running || break
    docker logs $name 2>&1 | grep -q 'listening on' && break
    sleep 0.05
  done
done"""
"""What keeps starting again runs for a moment each time; a look in that moment would see it run."""
STARTS = ("docker", "inspect", "-f", "{{.RestartCount}} {{.State.Status}}", "repair-shop", "repair-mirror")

STRANGERS = {"no-password"}
"""The faults whose complaint is about what a stranger typed, which must not work."""


class Shop(World):
    """The shop, and the customers who go through it."""

    def visited(self) -> None:
        """Buy, deliver, and ask the mirror, with nothing here from the last visit; what cannot be done is not done."""
        values = self.lab.values
        for command in (
            f"docker image rm {values['registry']}/menu:1 {values['registry']}/menu:soup {values['mirrored']}",
            READY,
            MIRROR_READY,
            values["login"],
            values["pull"],
            f"docker pull {values['registry']}/menu:soup",
            f"docker push {values['registry']}/order:1",
            f"docker pull {values['mirrored']}",
        ):
            self.types(command)

    def failing(self) -> list[str]:
        """The demands of the open shop that are not met, each with what was seen instead."""
        past = self.between_starts(lambda: self._attempt.looked().past)
        asked = [(step.id, check) for step in self.lab.steps if step.id != "close" for check in step.checks]
        found = [(step, check, check.judge(past)) for step, check in asked]
        return [f"{step}: {it.title}: {said.actual}" for step, it, said in found if said.outcome is not Outcome.PASS]

    def between_starts(self, act: Callable[[], T]) -> T:
        """What comes of this while nothing starts; done again if something did."""

        def done() -> tuple[str, T, str]:
            self.types(SETTLED)
            return _starts(), act(), _starts()

        before, result, after = repeat(done, lambda it: it[0] == it[2], 60)
        assert before == after, "the shop never settled"
        return result


def _starts() -> str:
    return subprocess.run(STARTS, capture_output=True, text=True, check=False).stdout


def played(shop: Shop) -> Iterator[dict[str, object]]:
    """What came of each fault."""
    assert not shop.types(*whole().building), "the whole shop cannot be built"
    shop.visited()
    yield {"fault": "none", "failing": shop.failing()}
    for group in GROUPS:
        for lab in broken(group):
            yield _rehearsed(shop, group, lab)


def _rehearsed(shop: Shop, group: str, lab: Lab) -> dict[str, object]:
    values = lab.values
    runs = values["run-mirror" if "mirror.sh" in values[f"{group}.break"] else "run-shop"]
    began = shop.types(*values[f"{group}.break"].splitlines(), runs, lab.building[-1])
    shop.visited()
    typed = ("! " if values[f"{group}.fault"] in STRANGERS else "") + values[f"{group}.try"]
    tried, failing = shop.between_starts(lambda: shop.types(typed)), shop.failing()
    mended = shop.types(*values[f"{group}.mend"].splitlines())
    shop.visited()
    return {
        "fault": values[f"{group}.fault"],
        "tried": tried,
        "failing": failing,
        "troubles": began or mended,
        "tried_again": shop.types(typed),
        "failing_again": shop.failing(),
    }


def main() -> None:
    """Play it in a folder of its own."""
    with TemporaryDirectory() as folder, opened(load(SLUG)) as attempt:
        for result in played(Shop(attempt, folder)):
            sys.stdout.write(msgspec.json.encode(result).decode() + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
