"""Why an engine did not start, and what to do."""

from __future__ import annotations

from labcheck.sandbox.inside.daemon import did_not_start


def test_why_an_engine_did_not_start() -> None:
    full = "failed to start daemon: mkdir /x: no space left on device\n"
    assert str(did_not_start(full, "/data")).startswith("There is not enough space in /data")
    assert str(did_not_start(full, None)).startswith("There is not enough memory")
    assert str(did_not_start("failed: x\n", None)) == "The sandbox's engine did not start: failed: x."
    assert "labcheck sandbox remove" in did_not_start("failed: x\n", "/data").remedy
