"""Inside a sandbox: make one mistake, see how it is explained, type what is printed, see whether that mends it.

All in one process with one shell, so that a mistake takes no longer than its commands. It prints JSON for the test.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from labcheck import evidence
from labcheck.attempt import Attempt, opened
from labcheck.judge import judge
from labcheck.lab import load
from labcheck.log import Log
from labcheck.mistake import explain
from labcheck.report import StepReport
from labcheck.verdict import Fix, Outcome, Verdict
from labcheck.wait import repeat, wait_until
from tests.support.mistake import LOOK, Mistake, read
from tests.support.places import TESTS

PATIENCE = 20.0
"""Seconds until an effect shows: a registry needs a moment to answer, a container to fail."""
ROUNDS = 5
LOOK_TIMEOUT = 3.0
"""Seconds for one look: what is paused never answers."""
LOOP = """
while IFS= read -r -d '' -u "$1" typed; do
    eval "$typed" </dev/null >"$3/out" 2>&1; code=$?
    env -0 >"$3/env"; printf '%s\\n' "$code" >&"$2"
done
"""
"""The shell that commands are typed in: what one exports or defines, the next one has."""


class Shell:
    """A bash in a folder of its own; labcheck sees the environment that it has, as if called from it.

    What is typed may leave files behind, so it is not typed in the checkout; what some mistakes start stands in
    ``tests``, which is there, too.
    """

    def __init__(self, folder: Path) -> None:
        heard, self._typed = os.pipe()
        told, say = os.pipe()
        self._folder, self._told = folder, os.fdopen(told)
        (folder / "tests").symlink_to(TESTS)
        self._bash = subprocess.Popen(
            ["bash", "-c", LOOP, "bash", str(heard), str(say), str(folder)], cwd=folder, pass_fds=(heard, say)
        )
        os.close(heard)
        os.close(say)

    def types(self, command: str) -> tuple[int, str]:
        """Type a command; its exit code and all that it printed."""
        os.write(self._typed, command.encode() + b"\0")
        code = int(self._told.readline() or 255)
        printed = (self._folder / "out").read_text(encoding="utf-8", errors="replace")
        pairs = (pair.partition("=") for pair in (self._folder / "env").read_text(encoding="utf-8").split("\0"))
        os.environ.clear()
        os.environ.update({key: value for key, _, value in pairs if key})
        return code, printed

    def succeeds(self, *commands: str) -> None:
        """Type commands, each of which must succeed."""
        for command in commands:
            code, printed = self.types(command)
            if code:
                hint = " (a command that is to fail stands last, under # message)"
                raise SystemExit(f"{command}: exit code {code}{hint}: {printed}")

    def close(self) -> None:
        """Leave the shell."""
        os.close(self._typed)
        self._bash.wait(10)


class Play:
    """One mistake while it is made and mended."""

    def __init__(self, mistake: Mistake, attempt: Attempt, shell: Shell) -> None:
        self.mistake, self.attempt, self.shell = mistake, attempt, shell
        self.log: Log = self._look()
        self.printed, self.code = "", 0

    def _look(self) -> Log:
        """The whole log after one more look."""
        return self.attempt.journal.log(self.attempt.looked().head)

    def make(self) -> None:
        """Play the steps that go well, then type what goes wrong."""
        if last := self.mistake.said("done"):
            for step in self.attempt.lab.steps:
                if step.question is None:
                    self.shell.succeeds(*step.commands)
                    self._waited(step.id, lambda found: found.done)
                if step.id == last:
                    break
        commands = self.mistake.commands
        ending = commands[-1:] if self.mistake.has("message") else ()
        for command in commands[: len(commands) - len(ending)]:
            if command == LOOK:
                self.log = self._look()
            else:
                self.shell.succeeds(command)
        for command in ending:
            self.code, self.printed = self.shell.types(command)

    def explained(self) -> tuple[Verdict | None, str]:
        """How the step is explained once the mistake shows, and the evidence."""
        wanted = self.mistake.diagnosis, self.mistake.outcome
        step = self._waited(self.mistake.step, lambda found: _told(found) == wanted)
        return step.trouble or step.note, evidence.encode(self.log).decode()

    def mend(self, fix: Fix, trouble: Verdict | None) -> bool:
        """Type what is printed until the step is done; whether it is. What a message says must do the first time."""
        if self.mistake.has("message"):
            return self._mended_at_once(fix)
        for _ in range(ROUNDS):
            self.shell.succeeds(*(fix.commands or self.mistake.mend))
            found = self._waited(self.mistake.step, partial(_differs, trouble))
            trouble = found.trouble
            if _passes(found) or trouble is None:
                break
            fix = trouble.fix
        return _passes(self._waited(self.mistake.step, _passes))

    def _mended_at_once(self, fix: Fix) -> bool:
        """Type what a message says, and what its header says in addition, once; whether that shows it to be mended."""
        mistake, step = self.mistake, self.mistake.step or self.mistake.said("mends")
        if step and _passes(judge(self.attempt.lab, self._look()).step(step)):
            raise SystemExit(f"{step} is done before anything was mended, so it shows nothing")
        if mistake.has("again") and self.code == 0:
            raise SystemExit(f"{mistake.commands[-1]}: it succeeded at once, so again shows nothing")
        shown = mistake.said("shown")
        if shown and self.shell.types(shown)[0] == 0:
            raise SystemExit(f"{shown}: it succeeded before anything was mended, so it shows nothing")
        if not (fix.commands or mistake.mend or mistake.has("instead") or mistake.has("unproved")):
            raise SystemExit("where there is only advice, # mend or # instead says what follows it")
        self.shell.succeeds(*fix.commands, *mistake.mend)
        again = mistake.commands[-1] if mistake.has("again") else ""
        works = all(map(self._works, filter(None, [mistake.said("instead"), shown, again])))
        return works and (not step or _passes(self._waited(step, _passes)))

    def _works(self, command: str) -> bool:
        """Whether the command succeeds, typed again as a person would while what was just started is not yet ready."""
        return wait_until(lambda: self.shell.types(command)[0] == 0, PATIENCE, every=0.2)

    def _waited(self, step: str, wanted: Callable[[StepReport], bool]) -> StepReport:
        """How the step stands once it is as wanted, or when patience ends."""

        def seen() -> StepReport:
            self.log = self._look()
            return judge(self.attempt.lab, self.log).step(step)

        return repeat(seen, wanted, PATIENCE, every=0.1)


def _passes(step: StepReport) -> bool:
    return step.outcome is Outcome.PASS


def _differs(before: Verdict | None, step: StepReport) -> bool:
    return (
        step.trouble is None or before is None or (step.trouble.title, step.trouble.fix) != (before.title, before.fix)
    )


def _told(step: StepReport) -> tuple[str, str]:
    told = step.trouble or step.note
    return (told.diagnosis or "none", told.outcome.value) if told else ("none", "")


def main(name: str) -> None:
    """Play the mistake of this name."""
    mistake = read(name)
    said: dict[str, object] = {}
    with TemporaryDirectory() as folder, opened(load(mistake.lab), timeout=LOOK_TIMEOUT) as attempt:
        shell = Shell(Path(folder))
        play = Play(mistake, attempt, shell)
        play.make()
        trouble, fix = None, Fix()
        if mistake.has("message"):
            told = explain(play.printed)
            fix = told[1].fix if told else fix
            said |= {"message": play.printed, "told": told[0] if told else None}
        if mistake.step:
            trouble, recorded = play.explained()
            fix = trouble.fix if trouble else fix
            said |= {"verdict": trouble, "evidence": recorded}
        said["fix"] = fix
        said["mended"] = play.mend(fix, trouble) if fix else False
        shell.close()
    sys.stdout.buffer.write(msgspec.json.encode(said))


if __name__ == "__main__":
    main(sys.argv[1])
