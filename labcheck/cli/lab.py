"""Commands about one lab: look, answer, hint, solution, reset."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Literal

from labcheck.attempt import Attempt, opened
from labcheck.cli.terminal import agree, show, tell, waiting, width
from labcheck.lab import Lab, load, slugs
from labcheck.observe.deadline import LOOK
from labcheck.plan import plan
from labcheck.render.printable import lines, prose, visible
from labcheck.render.wording import worth
from labcheck.render.wrap import ENDLESS, beside, set_off, wrapped
from labcheck.seed import given
from labcheck.verdict import Outcome

if TYPE_CHECKING:
    from labcheck.leftovers import Leftovers

EXIT = {Outcome.PASS: 0, Outcome.SKIP: 1, Outcome.FAIL: 1, Outcome.INCONCLUSIVE: 3}
LABS = 18
"""Where the labs' titles begin."""


def labs(_options: argparse.Namespace) -> int:
    """List the labs, one per line."""
    for slug in slugs():
        print(*beside(slug, prose(load(slug).title), LABS, width(otherwise=ENDLESS)), sep="\n")
    return 0


def check(options: argparse.Namespace) -> int:
    """Look, file the look, and print how the lab or one step of it stands."""
    lab = load(options.lab)
    if options.step:
        lab.step(options.step)
    with _reached(options.engine, lab), opened(lab, timeout=options.timeout or LOOK, tell=waiting()) as attempt:
        report = attempt.look()
    if options.step:
        report = report.only(options.step)
    show(report, options.format)
    return EXIT[report.outcome]


@contextmanager
def _reached(address: str | None, lab: Lab) -> Iterator[None]:
    """The engine at this address is the one that is meant; the usual one, if none is given."""
    with ExitStack() as stack:
        if address and address.startswith("ssh://"):
            from labcheck.observe.engine.tunnel import tunnel  # noqa: PLC0415 - only whoever looks from elsewhere

            ports = plan(lab.drawn(given())).subject.ports
            address = stack.enter_context(tunnel(address, ports))
        if address:
            os.environ.update(DOCKER_HOST=address)
        yield


def answer(options: argparse.Namespace) -> int:
    """File an answer, and print whether it is right."""
    with opened(load(options.lab), tell=waiting()) as attempt:
        report = attempt.answer(options.step, " ".join(options.value)).only(options.step)
    show(report)
    return EXIT[report.outcome]


def hint(options: argparse.Namespace) -> int:
    """Show a step's hint."""
    with opened(load(options.lab), tell=waiting()) as attempt:
        _agreed(attempt, options, "hint")
        print("\n".join(wrapped(prose(attempt.shown(options.step, "hint")), width())))
    return 0


def solution(options: argparse.Namespace) -> int:
    """Show the commands that solve a step."""
    with opened(load(options.lab), tell=waiting()) as attempt:
        _agreed(attempt, options, "solution")
        print("\n".join(set_off(line) for line in lines(attempt.shown(options.step, "solution"))))
    return 0


def _agreed(attempt: Attempt, options: argparse.Namespace, what: Literal["hint", "solution"]) -> None:
    """Whoever would lose points by it is asked first."""
    if (cost := attempt.cost(options.step, what)) and not options.yes:
        typed = f"labcheck {what} {attempt.lab.typed} {options.step} --yes"
        agree(f"This {what} costs {worth(cost)}. Show it?", typed, f"Nothing was shown, for it costs {worth(cost)}")


def reset(options: argparse.Namespace) -> int:
    """List what the lab made, remove it, and start a new attempt."""
    lab = load(options.lab)
    with opened(lab, tell=waiting()) as attempt:
        found = attempt.leftovers()
        listed(found)
        if found and not options.yes:
            agree("Remove these and start over?", f"labcheck reset {lab.typed} --yes")
        if found:
            tell("labcheck: Removing them ...")
        attempt.reset(found)
    gone = "They are all removed." if found else "There was nothing to remove."
    print(f"A new attempt at {visible(lab.slug)} starts now. {gone}")
    return 0


def listed(found: Leftovers) -> None:
    """List what would be removed, one per line."""
    for kind, names in found.by_kind.items():
        for name in names:
            print(f"{kind:9}  {visible(name)}", flush=True)
