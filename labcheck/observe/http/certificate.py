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
EXPIRED: Final = 10
STRANGERS: Final = frozenset({18, 19, 20, 21})
"""The error numbers for a certificate that nobody signed whom we trust."""
OTHERS: Final = frozenset({62, 64})
"""The error numbers for a certificate of another name or address."""
REASONS: Final = {
    EARLY: "it is not valid yet, or this machine's clock is slow",
    EXPIRED: "it has expired, or this machine's clock is fast",
    **dict.fromkeys(STRANGERS, UNKNOWN),
    **dict.fromkeys(OTHERS, ANOTHER),
}


def untrusted(error: ssl.SSLCertVerificationError) -> str:
    """The reason; for rare ones in the library's own words."""
    return REASONS.get(error.verify_code, error.verify_message)
