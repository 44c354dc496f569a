"""What a notebook calls, how notebooks are tested, and how they are copied to a learner's folder.

::

    opened.py      labcheck.open(...): check, answer, hint, solution
    result.py      what these return: plain text and static HTML
    ladder.py      what is shown at once, and what only on request
    live.py        an output that is live in the course's page, over static HTML
    labextensions/ the page's side of it: our extension of JupyterLab, served as it is
    page_socket.py its part in JupyterLab's server: one websocket per page
    page_server.py what each kind of page is told by it
    closing.py     the pages save before the server ends
    checklist.py   the checklist
    widget.py      the live checklist in other front ends, by ipywidgets
    mistake_page.py  a mistake's page, formatted
    course.py      the map of the course
    explorer.py    a name taken apart as one types it
    registry.py    what a registry holds, drawn
    timeline.py    what was done in an attempt
    board.py       one watcher per lab or registry, for all its pages
    pressed.py     the messages to a page, and what its buttons do
    typed.py       handles cells that are not Python
    terminal.py    the cell magic %%terminal
    foreground.py  a docker run that a cell waits for
    unanswered.py  a question of docker's that nobody could answer
    own_requests.py  labcheck's own lines in a registry's log
    page.py        a notebook as a file: its lab, its exercises, its tags
    sanitise.py    what may differ between two runs; the patterns are in sanitise.cfg
    contract.py    what a lesson promises its lab: each step is left to the learner, and checked
    guard.py       finds cells that would pass without proving anything
    play.py        a fresh attempt, and exercises filled from the lab's own solution
    plugin.py      the pytest plugin; it does nothing unless nbval runs
    nbval_hook.py  what it does then
    record.py      for authors: run a notebook in a sandbox and store its outputs
    layout.py      copies of the course's notebooks in a learner's folder
    original.py    where the course's notebooks are

For authors: a notebook is run and stored with its outputs; CI runs it again and compares.

- It begins with ``import labcheck`` and ``lab = labcheck.open("SLUG")``, which also brings ``%%terminal``. One without
  a lab says ``%load_ext labcheck``. It resets nothing: each run starts the lab over, in a sandbox.
- A command is a line of a ``%%terminal`` cell, as the lab's solution has it. A cell that must fail is tagged
  ``raises-exception``.
- A cell for the learner is tagged ``exercise:STEP`` and contains ``%%terminal`` and a comment that says what to do; for
  a question it is ``lab.answer("STEP", ...)``, with the dots. CI fills it with the commands of the step's solution that
  no cell above it shows, or with the right answer. A step has one such cell.
- After each step: ``lab.check("STEP")``.
- A cell whose output must vary beyond what ``sanitise.cfg`` knows is tagged ``nbval-ignore-output`` and
  ``reason:WHY-WITHOUT-SPACES``; one that CI cannot run ``nbval-skip``, also with a reason.
- ``labcheck record notebooks/NN-SLUG.ipynb`` stores the outputs;
  ``labcheck sandbox run -- pytest --nbval notebooks/`` compares them.

This module imports nothing: pytest loads it each time it starts.
"""
