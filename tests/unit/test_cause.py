"""The list of causes: closed, and written by names that stay."""

from __future__ import annotations

from typing import get_args

from labcheck.cause import Cause, _Cause


def test_the_list_names_every_cause() -> None:
    assert set(get_args(Cause)) == set(_Cause.__subclasses__())
