"""A property that is computed once, when it is first read. Until Python 3.12, the standard library's takes a lock."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING or sys.version_info >= (3, 12):
    from functools import cached_property
else:

    class cached_property:  # noqa: N801 - it stands in for the standard library's
        """What is computed is kept in the object itself, where it is found before this is asked again."""

        def __init__(self, compute):  # noqa: ANN001, ANN204 - the type checker reads the other branch
            self._compute, self.__doc__ = compute, compute.__doc__

        def __set_name__(self, _owner, name):  # noqa: ANN001, ANN204
            self._name = name

        def __get__(self, instance, _owner=None):  # noqa: ANN001, ANN204
            value = instance.__dict__[self._name] = self._compute(instance)
            return value


__all__ = ["cached_property"]
