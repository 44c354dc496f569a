"""The digest of some bytes, as Docker, registries and evidence write it: ``sha256:`` and 64 hexadecimal digits."""

from __future__ import annotations

import sys
from typing import Final

# As in Python's own ``random``: ``hashlib`` loads OpenSSL, which takes longer than judging a lab.
try:
    from _sha2 import sha256  # type: ignore[import-not-found]  # since Python 3.12, and not in the stubs
except ImportError:
    try:
        from _sha256 import sha256  # type: ignore[import-not-found]  # Python 3.11
    except ImportError:  # a Python that was built without them
        from hashlib import sha256

LARGE: Final = 256 * 1024
"""Bytes from which OpenSSL's faster way is worth loading it."""


def digest_of(data: bytes, algorithm: str = "sha256") -> str:
    """The digest of these bytes, by this algorithm: one that ``hashlib`` knows."""
    if algorithm == "sha256" and len(data) < LARGE:
        openssl = sys.modules.get("_hashlib")  # three times as fast, once something else has loaded it
        compute = openssl.openssl_sha256 if openssl else sha256
        return f"sha256:{compute(data).hexdigest()}"
    from hashlib import new  # noqa: PLC0415 - as above

    return f"{algorithm}:{new(algorithm, data).hexdigest()}"


def hexadecimal(data: bytes) -> str:
    """The digits alone."""
    return digest_of(data).removeprefix("sha256:")
