"""Where things lie in the checkout."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
TESTS = ROOT / "tests"
PACKAGE = ROOT / "labcheck"
VECTORS = TESTS / "vectors"
"""What other programs' own tests say, and logs that are never recorded again."""
PRACTICE = TESTS / "practice"
"""What was recorded of the practice lab, played in full."""
MISTAKES = TESTS / "mistakes"
"""A folder for each mistake: its script, and what was recorded when it was made and mended."""
