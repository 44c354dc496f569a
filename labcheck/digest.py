"""The digest of some bytes, as Docker, registries and evidence write it: ``sha256:`` and 64 hexadecimal digits."""

from __future__ import annotations

import hashlib


def digest_of(data: bytes) -> str:
    """The digest of these bytes."""
    return f"sha256:{hashlib.sha256(data).hexdigest()}"
