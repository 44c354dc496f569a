"""All that was seen of a machine: the facts the doctor judges by. Values only, so that they can also be made by hand.

What could not be looked at, or did not answer in time, is ``Unknown`` and says why.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from labcheck.cause import NotAsked
from labcheck.document import Document
from labcheck.observe.engine.endpoint import Endpoint
from labcheck.observe.machine.chosen import Nowhere
from labcheck.observe.machine.client import Client
from labcheck.observe.machine.door import Door
from labcheck.observe.machine.hub import Hub
from labcheck.observe.machine.localhost import Localhost
from labcheck.observe.machine.person import Person
from labcheck.observe.machine.places import Place
from labcheck.observe.machine.port import Listener
from labcheck.observe.machine.proxies import Proxies
from labcheck.observe.machine.room import Room
from labcheck.observe.machine.settings import Settings
from labcheck.observe.machine.software import Software
from labcheck.observe.machine.system import System
from labcheck.observe.machine.trial import Cgroups, Trial
from labcheck.query import Pong
from labcheck.snapshot import Evidence, Unknown

NOT_ASKED = Unknown("Nobody looked at that.", NotAsked())


@dataclass(frozen=True, slots=True)
class Machine:
    """One machine, as seen by one process at one moment."""

    system: System
    proxies: Proxies = field(default_factory=Proxies)
    variables: frozenset[str] = frozenset()
    """Which of the variables that choose an engine, or how it is talked to, are set."""
    platform: str = ""
    """The platform for which images are pulled, if somebody chose one."""
    sandbox: str = ""
    """The sandbox that this process is in, if it is in one."""
    source: str = ""
    """Where images are to come from, if somebody said so."""

    person: Evidence[Person] = NOT_ASKED
    software: Evidence[Software] = NOT_ASKED
    endpoint: Evidence[Endpoint | Nowhere] = NOT_ASKED
    contexts: Evidence[tuple[tuple[str, str], ...]] = NOT_ASKED
    places: Evidence[tuple[Place, ...]] = NOT_ASKED
    door: Evidence[Door] = NOT_ASKED
    version: Evidence[Document] = NOT_ASKED
    info: Evidence[Document] = NOT_ASKED
    publishing: Evidence[tuple[str, ...]] = NOT_ASKED
    client: Evidence[Client] = NOT_ASKED
    complaint: Evidence[str] = NOT_ASKED
    """What ``docker`` itself says if it cannot talk to the engine; empty if it can."""
    programs: Evidence[frozenset[str]] = NOT_ASKED
    """Of the programs that were looked for, those that are here."""
    trial: Evidence[Trial] = NOT_ASKED
    cgroups: Evidence[Cgroups] = NOT_ASKED
    listeners: Evidence[tuple[Listener, ...]] = NOT_ASKED
    pong: Evidence[Pong] = NOT_ASKED
    """Who answers at the port."""
    localhost: Evidence[Localhost] = NOT_ASKED
    settings: Evidence[Settings] = NOT_ASKED
    home: Evidence[Room] = NOT_ASKED
    spare: Evidence[str] = NOT_ASKED
    """Another folder where it could be."""
    data: Evidence[Room] = NOT_ASKED
    """Where the engine keeps its images; absent where that cannot be seen from here."""
    memory: Evidence[int] = NOT_ASKED
    hub: Evidence[Hub] = NOT_ASKED
    images: Evidence[int] = NOT_ASKED
    """How many course images there are; absent if they are not built."""
