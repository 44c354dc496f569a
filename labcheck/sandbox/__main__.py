"""``python -m labcheck.sandbox -- CMD...``: the sandbox without the rest of labcheck."""

from __future__ import annotations

import sys

from labcheck.errors import SandboxError
from labcheck.sandbox.world import run

if __name__ == "__main__":
    try:
        sys.exit(run(sys.argv[2:]))
    except SandboxError as error:
        sys.exit(f"{error} {error.remedy}")
