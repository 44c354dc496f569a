"""Looks at the engine and at registries: queries in, evidence out. The only code that does; it changes nothing.

:class:`Observer` is the entry point. This package does not judge, does not remember anything from one look to the next
(except for a recorder, for some seconds, in a :class:`RegistryCache`), and does not let names that belong to another
project into the evidence (see :mod:`labcheck.observe.relevance`).
"""

from labcheck.observe.engine.events import Cursor, Replay
from labcheck.observe.observer import Observation, Observer
from labcheck.observe.registry.cache import RegistryCache
from labcheck.observe.waiting import Tell

__all__ = ["Cursor", "Observation", "Observer", "RegistryCache", "Replay", "Tell"]
