"""Asking the engine and registries: queries in, evidence out. The only code that asks; it never writes.

:class:`Observer` is the way in. What is refused here: to judge, to remember from look to look what was seen (but for a
recorder, for some seconds, in a :class:`RegistryCache`), and to let anything of another project into the evidence by
name (see :mod:`labcheck.observe.relevance`).
"""

from labcheck.observe.engine.events import Cursor, Replay
from labcheck.observe.observer import Observation, Observer
from labcheck.observe.registry.cache import RegistryCache

__all__ = ["Cursor", "Observation", "Observer", "RegistryCache", "Replay"]
