"""The driver for where only a Docker engine is at hand: one container with engine, JupyterLab and labcheck inside.

On the learner's machine, whatever system it has::

    host.py        what differs from system to system: the folder's path, the learner's ids
    settings.py    what the container asks for, and what that means in words
    image.py       its image: built from the Dockerfile beside this, or loaded from a file
    engine.py      the learner's own Docker engine, and what goes wrong with it, in a sentence
    course.py      the container itself: made, found again, ended, removed

In the container, as its first process: ``machine.py`` makes it a machine on which a sandbox can be made by root.
"""
