"""A machine with one more person on it, for one command: ``unshare --mount ... person.py FOLDER CMD...``.

All is in a mount namespace of the command's own: an /etc that knows the person, and a way for them to this Python,
wherever it is. FOLDER becomes the person's home. The machine itself stays as it is.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

UID = 64321
NAME = "learner"
RESERVED = 3_000_000_000
"""The first of the ids that are reserved for this person's containers."""
OPEN = 0o755
HERE = Path(__file__).resolve()


def on_a_machine_with(folder: Path, *command: str) -> list[str]:
    """What to start so that root runs this where the person is known."""
    return ["unshare", "--mount", "--propagation=private", sys.executable, "-P", str(HERE), str(folder), *command]


def as_person(*command: str) -> list[str]:
    """What to start there so that the person runs this."""
    return ["setpriv", f"--reuid={UID}", f"--regid={UID}", "--init-groups", "--", *command]


def mount(*arguments: str | Path) -> None:
    """Mount, in this namespace."""
    subprocess.run(["mount", *map(str, arguments)], check=True)


def introduce(aside: Path, folder: Path) -> None:
    """Have an /etc in which the person is known, may use sudo, and has ids for containers of their own."""
    mount("-t", "tmpfs", "-o", "mode=755", "tmpfs", aside)
    subprocess.run(["cp", "-a", "/etc/.", str(aside)], check=True)
    for file, line in {
        "passwd": f"{NAME}:x:{UID}:{UID}::{folder}:/bin/bash",
        "group": f"{NAME}:x:{UID}:",
        "shadow": f"{NAME}:*:19000::::::",
        "sudoers": f"{NAME} ALL=(ALL) NOPASSWD: SETENV: ALL",
        "subuid": f"{NAME}:{RESERVED}:65536",
        "subgid": f"{NAME}:{RESERVED}:65536",
    }.items():
        with (aside / file).open("a", encoding="utf-8") as lines:
            lines.write(f"{line}\n")
    mount("--bind", aside, "/etc")
    os.chown(folder, UID, UID)


def let_in(path: Path, aside: Path) -> None:
    """Let everybody pass the folders on the way to this path, by others that show the same."""
    for number, above in enumerate(reversed(path.parents)):
        if above.stat().st_mode & 0o005 == 0o005:
            continue
        true = aside / str(number)
        true.mkdir()
        mount("--rbind", above, true)
        mount("-t", "tmpfs", "-o", f"mode={OPEN:o}", "tmpfs", above)
        for entry in true.iterdir():
            if entry.is_symlink():
                (above / entry.name).symlink_to(entry.readlink())
                continue
            (above / entry.name).mkdir() if entry.is_dir() else (above / entry.name).touch()
            try:
                mount("--rbind", entry, above / entry.name)
            except subprocess.CalledProcessError:
                if entry.exists():  # else another program has removed it meanwhile
                    raise


def main(folder: str, *command: str) -> None:
    """Make the machine so, and become the command."""
    aside = Path("/mnt")
    mount("-t", "tmpfs", "-o", f"mode={OPEN:o}", "tmpfs", aside)
    for name in ("etc", "true"):
        (aside / name).mkdir()
    introduce(aside / "etc", Path(folder))
    for path in dict.fromkeys((Path(sys.prefix), Path(sys.base_prefix), HERE, Path(folder))):
        let_in(path, aside / "true")
    os.execvp(command[0], command)  # noqa: S606 - what the test asks for


if __name__ == "__main__":
    main(*sys.argv[1:])
