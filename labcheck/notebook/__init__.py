"""What a notebook calls, how it is proved, and how it is laid out for a learner.

::

    opened.py      labcheck.open(...): check, answer, hint, solution
    result.py      what these return: fixed text and static HTML
    terminal.py    the cell magic %%terminal
    page.py        a notebook as a file: its lab, its exercises, its tags
    sanitise.py    what may differ between two runs; the patterns are in sanitise.cfg
    guard.py       what would make a notebook pass without proving anything
    play.py        a fresh attempt, and exercises filled from the lab's own solution
    plugin.py      the pytest plugin; it does nothing unless nbval runs
    nbval_hook.py  what it does then
    record.py      for authors: run a notebook in a sandbox and store its outputs
    layout.py      copies of the course's notebooks in a learner's folder
    original.py    where the course's notebooks are

This module imports nothing: pytest loads it each time it starts.
"""
