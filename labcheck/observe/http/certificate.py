"""Why a certificate is not trusted, in a learner's words, by the TLS library's error numbers.

Source: openssl-verification-options(1) and ``x509_vfy.h``, whose numbers have not changed since Python 3.0.
"""

from __future__ import annotations

import ssl
from typing import Final

UNKNOWN = "it is not signed by anyone whom this machine trusts"
EARLY: Final = 9
"""The error number for a certificate that is not valid yet."""
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
    """The reason; for rare ones in the library's own words."""
    return REASONS.get(error.verify_code, error.verify_message)
