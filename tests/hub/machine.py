"""A machine with a class on it, for one command: ``python -m tests.hub.machine FOLDER NAME... -- COMMAND``.

All is in a mount namespace of the command's own: an /etc that knows the learners, with ids for containers of each, and
a way for them to this Python. Their homes are in FOLDER, which stays. The machine itself stays as it is.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tests.live.person import OPEN, let_in, mount

ROOT = Path(__file__).resolve().parents[2]
FIRST = 64401
RESERVED = 3_100_000_000
IDS = 65536


def on_a_machine_with(folder: Path, names: list[str], *command: str) -> list[str]:
    """What root starts so that this runs where these learners are known; from the repository's folder."""
    machine = [sys.executable, "-m", "tests.hub.machine", str(folder), *names, "--", *command]
    return ["unshare", "--mount", "--propagation=private", *machine]


def uid(names: list[str], name: str) -> int:
    """A learner's id."""
    return FIRST + names.index(name)


def introduce(etc: Path, homes: Path, names: list[str]) -> None:
    """Have an /etc in which the learners are known, each with ids for containers of their own."""
    mount("-t", "tmpfs", "-o", "mode=755", "tmpfs", etc)
    for entry in Path("/etc").iterdir():
        (etc / entry.name).symlink_to(Path("/mnt/true-etc") / entry.name)
    added = dict.fromkeys(("passwd", "group", "shadow", "subuid", "subgid"), "")
    for number, name in enumerate(names):
        one, home = FIRST + number, homes / name
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.chown(home, one, one)
        ids = f"{name}:{RESERVED + number * IDS}:{IDS}\n"
        added["passwd"] += f"{name}:x:{one}:{one}::{home}:/bin/bash\n"
        added["group"] += f"{name}:x:{one}:\n"
        added["shadow"] += f"{name}:*:19000::::::\n"
        added["subuid"] += ids
        added["subgid"] += ids
    for file, text in added.items():
        before = (Path("/etc") / file).read_text(encoding="utf-8")
        (etc / file).unlink(missing_ok=True)
        (etc / file).write_text(before + text, encoding="utf-8")
        (etc / file).chmod(0o600 if file == "shadow" else 0o644)
    mount("--rbind", "/etc", "/mnt/true-etc")
    mount("--bind", etc, "/etc")


def main(folder: str, *words: str) -> None:
    """Make the machine so, and become the command."""
    split = words.index("--")
    names, command = list(words[:split]), words[split + 1 :]
    homes = Path(folder) / "homes"
    homes.mkdir(parents=True, exist_ok=True)
    Path(folder).chmod(OPEN)  # what is new in it must be in it, not in something before it
    aside = Path("/mnt")
    mount("-t", "tmpfs", "-o", f"mode={OPEN:o}", "tmpfs", aside)
    for name in ("etc", "true-etc", "true"):
        (aside / name).mkdir()
    introduce(aside / "etc", homes, names)
    for path in dict.fromkeys((Path(sys.prefix), Path(sys.base_prefix), ROOT / "labcheck", Path(folder))):
        let_in(path, aside / "true")
    os.execvp(command[0], command)  # noqa: S606 - what the caller asks for


if __name__ == "__main__":
    main(*sys.argv[1:])
