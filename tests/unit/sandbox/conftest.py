"""A home and an environment of their own."""

from tests.support.alone import alone

__all__ = ["alone"]
