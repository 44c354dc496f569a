"""Why a certificate is not trusted, in a learner's words: the TLS library has its own, and a number for each.

Source: openssl-verification-options(1) and ``x509_vfy.h``, whose numbers have not changed since there is Python 3.
"""

from __future__ import annotations

import ssl
from typing import Final

UNKNOWN = "nobody whom this machine trusts has signed it"
EARLY: Final = 9
"""The number for a certificate that is not valid yet."""
ANOTHER = "it was made for another name"
REASONS: Final = {
    EARLY: "it is not valid yet, or this machine's clock is slow",
    10: "it has expired, or this machine's clock is fast",
    18: UNKNOWN,
    19: UNKNOWN,
    20: UNKNOWN,
    21: UNKNOWN,
    62: ANOTHER,
    64: ANOTHER,
}


def untrusted(error: ssl.SSLCertVerificationError) -> str:
    """The reason; the library's own words where it is a rare one."""
    return REASONS.get(error.verify_code, error.verify_message)
