"""Opens the course: its own engine, JupyterLab beside it, and the page in a browser.

In the process of the command; under ``sudo``, as root::

    choice.py      by which driver, and why; what it loads exists on any system
    sandboxed.py   in a sandbox on this machine, by root or by an ordinary user
    container.py   in a container of the learner's Docker engine, on any system
    host.py        the course with the learner's own engine, outside a sandbox
    folder.py      where the notebooks go
    ending.py      what ends a command that waits, besides Ctrl-C
    note.py        where the course is open or being opened, for those who start it twice
    port.py        the page's port, the same at each start
    refusal.py     why it cannot be opened here, and what to do
    as_learner.py  how a command is started as the learner
    browser.py     shows the page, through a file that only the learner may read
    telling.py     runs what tells a class's wall, while the learner consents to that

In a container, as its first process: ``contained.py``.

In ``learner/``, as the learner, in the sandbox or beside an engine of their own::

    __main__.py    lays out the notebooks, runs JupyterLab and the recorder
    jupyterlab.py  JupyterLab's settings and environment
    workspace.py   what JupyterLab shows the first time
    bashrc.py      what its terminals read, so that they use the course's engine
    recorder.py    each lab watched, so that steps tick whatever terminal a command is typed in

Under ``sudo`` only the engine runs as root. Work is kept: the engine's data, the journal and the notebooks are on disk.
"""
