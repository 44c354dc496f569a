"""Each mistake asked on its own, whatever else would be tried before it."""

from __future__ import annotations

from labcheck.check import Check
from labcheck.mistake.index import Recogniser
from labcheck.mistake.known import pages, recognised, sources
from labcheck.past import Past
from labcheck.verdict import Explanation

(INDEX,) = sources()
"""labcheck's own mistakes."""
PAGES = tuple(pages())
RECOGNISERS = {kind: {it.name: it for it in them} for kind, them in INDEX.recognisers.items()}
"""By the class of a check and the mistake's name."""
EACH = {it.name: it for them in INDEX.recognisers.values() for it in them}
"""All that something seen is recognised by."""
UNSEEN = {cause: [it.name for it in them] for cause, them in INDEX.unseen.items()}
"""By the class of a cause, the mistakes that are recognised by what could not be seen."""


def asked(it: Recogniser, check: Check, past: Past) -> Explanation | None:
    """What this mistake makes of a check, if it looks at such checks."""
    of_it = RECOGNISERS[type(check).__name__].get(it.name)
    return recognised(INDEX, of_it, check, past) if of_it else None
