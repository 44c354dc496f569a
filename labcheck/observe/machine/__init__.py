"""Looking at the machine itself, for the doctor: what is here, what may this person do, who is in the way.

One file a fact: the value, and how it is looked at. ``look`` does all of it at once. Nothing here judges.
"""

from __future__ import annotations

from labcheck.observe.machine.chosen import Nowhere
from labcheck.observe.machine.client import Client
from labcheck.observe.machine.door import Door, Knock
from labcheck.observe.machine.hub import Hub
from labcheck.observe.machine.localhost import Localhost
from labcheck.observe.machine.look import PORT, Course, look
from labcheck.observe.machine.machine import Machine
from labcheck.observe.machine.person import Person
from labcheck.observe.machine.places import Place
from labcheck.observe.machine.port import Listener
from labcheck.observe.machine.proxies import Proxies
from labcheck.observe.machine.room import Room
from labcheck.observe.machine.settings import Settings
from labcheck.observe.machine.software import Software
from labcheck.observe.machine.system import System
from labcheck.observe.machine.trial import Cgroups, Trial

__all__ = [
    "PORT",
    "Cgroups",
    "Client",
    "Course",
    "Door",
    "Hub",
    "Knock",
    "Listener",
    "Localhost",
    "Machine",
    "Nowhere",
    "Person",
    "Place",
    "Proxies",
    "Room",
    "Settings",
    "Software",
    "System",
    "Trial",
    "look",
]
