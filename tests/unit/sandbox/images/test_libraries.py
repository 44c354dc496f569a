"""Which package a library is in, by Debian's policy."""

from __future__ import annotations

import pytest

from labcheck.sandbox.images.libraries import package_of


@pytest.mark.parametrize(
    ("library", "package"),
    [
        ("libsystemd.so.0", "libsystemd0"),
        ("liblz4.so.1", "liblz4-1"),
        ("libgpg-error.so.0", "libgpg-error0"),
        ("libpcre2-8.so.0", "libpcre2-8-0"),
        ("libcom_err.so.2", "libcom-err2"),
        ("libstdc++.so.6", "libstdc++6"),
        ("libgcc_s.so.1", "libgcc-s1"),
        ("libfoo.so.1.2.3", "libfoo1"),
    ],
)
def test_a_package_is_called_as_its_library(library: str, package: str) -> None:
    assert package_of(library) == package
