"""The names and addresses by which this machine reaches itself."""

from __future__ import annotations

ADDRESS = "127.0.0.1"
NAMES = ("localhost", ADDRESS, "::1")
"""Names and addresses of this machine, for comparing text: environment variables, a published port's address."""


def is_local(host: str) -> bool:
    """Whether this is localhost or a loopback address; no name is resolved."""
    if host == "localhost":
        return True
    from ipaddress import ip_address  # noqa: PLC0415 - slow to import, and most registries are at localhost

    try:
        return ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False
