"""A certificate's address, as a page speaks of it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from labcheck.loopback import is_local
from labcheck.mistake import Facts, explains, facts


@explains("certificate-expired")
def certificate_expired(said: Mapping[str, str]) -> Facts:
    """Whose certificate it is, and whether of another computer; curl names no address."""
    address = said["address"]
    elsewhere = address and not is_local(host(address)) and not host(address).endswith(".test")
    return facts(whose=f"The certificate of {address}" if address else "The certificate", elsewhere=elsewhere)


@explains("certificate-without-names")
def certificate_without_names(said: Mapping[str, str]) -> Facts:
    """The host without its port, and how a certificate calls its kind."""
    return facts(host=host(said["address"]), kind=kind(said["address"]))


def host(address: str) -> str:
    """The host of an address, without its port."""
    return address.rpartition(":")[0] or address


def kind(address: str) -> str:
    """How a certificate calls the kind of the host's name."""
    return "IP" if re.fullmatch(r"[\d.]+", host(address)) else "DNS"
