"""Labs are data: steps, and under each step the checks that must hold, or the question that must be answered.

A lab file is YAML without logic. ``{name}`` in it stands for one of its ``values``. It is decoded in one call
into frozen values; whatever is wrong with it is one :class:`InvalidLab` that says where.
"""

from labcheck.lab.files import load, parse, schema, slugs
from labcheck.lab.lab import Lab, Step

__all__ = ["Lab", "Step", "load", "parse", "schema", "slugs"]
