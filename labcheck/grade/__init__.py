"""Submissions -> Gradebook: judges the evidence again, with the labs of whoever grades; no engine, no network.

``rules.py`` says what counts, ``excuse.py`` takes steps out, ``mark.py`` judges one submission and is pure, ``hand.py``
reads one file, ``run.py`` does that for a class, ``spool.py`` keeps what comes out, ``enrol.py`` knows who is in it.
``output.py`` writes it all, ``pages.py`` a page for each learner; ``regrade.py`` compares with an earlier gradebook.
"""

from labcheck.grade.excuse import Excuse
from labcheck.grade.rules import Rules
from labcheck.grade.run import Job, Source, grade

__all__ = ["Excuse", "Job", "Rules", "Source", "grade"]
