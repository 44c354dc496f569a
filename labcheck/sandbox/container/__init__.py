"""The driver for where only a Docker engine is at hand: one container with engine, JupyterLab and labcheck inside.

On the learner's machine, whatever system it has::

    host.py        what differs from system to system: the folder's path, the learner's ids
    settings.py    what the container asks for, and what that means in words
    context.py     what its image is built from, beside the Dockerfile
    image.py       its image: built, saved to a file, loaded from one that archive.py has looked into
    engine.py      the learner's own Docker engine, and what goes wrong with it, in a sentence
    unfit.py       in which engines no such container can be
    course.py      the container itself: made, found again, ended, removed
    record.py      whether this home has one; kept.py lists and removes what is there

In the container, as its first process: ``machine.py`` makes it a machine on which a sandbox can be made by root.
"""
