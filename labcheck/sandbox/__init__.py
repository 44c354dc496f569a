"""The course's own engine, its image mirror and its images: a machine of one's own to practise on.

A sandbox is a few processes in namespaces of their own (mount, network, PID, UTS and IPC)::

    outside/   runs as root on the machine, in the process that was typed (``labcheck start``, ``labcheck sandbox``):
               it plans, launches, lists and ends sandboxes, and keeps their data
    inside/    runs as root in the sandbox's namespaces, as their first process: it mounts, starts engine and mirror,
               runs the command, and takes all with it when it ends
    images/    the course's images: built outside, with the machine's apt; read inside by the mirror

What lies beside the folders is what both sides must agree on; neither side imports the other. The learner's command
inside is not root's where somebody typed ``sudo``: see ``labcheck/start``.
"""
