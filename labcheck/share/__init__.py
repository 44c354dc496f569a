"""Shares with the class's wall at which step the learner is: opt in, plain to see, ended with one click.

::

    where.py     what is told: a lab, how its steps stand, the name of a mistake; nothing else of the learner
    follow.py    the journal -> where its learner is, now and whenever that changes
    consent.py   the learner's yes, in a file of the course's home; without that file nothing is told
    deliver.py   tells the wall, signed with the learner's key; what is not delivered is dropped, the newest told later

``python -m labcheck.share`` is the process that tells. It runs beside the course, outside its sandbox, and looks at
nothing: it follows the journal. So no look waits for a wall.
"""
