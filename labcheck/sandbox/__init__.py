"""The course's own engine, its image mirror and its images: a private place to practise in.

A sandbox is a few processes in their own namespaces (mount, network, PID, UTS and IPC)::

    outside/   runs on the machine, in the process that was typed (``labcheck start``, ``labcheck sandbox``):
               it plans, launches, lists and ends sandboxes, and keeps their data
    inside/    runs as root in the sandbox's namespaces, as their first process: it mounts, starts engine and mirror,
               runs the command, and takes all with it when it ends
    images/    the course's images: built outside, with the machine's apt; read inside by the mirror

The modules beside these folders are what both sides must agree on; neither side imports the other. Under ``sudo``, the
learner's command inside does not run as root: see ``labcheck/start``.
"""
