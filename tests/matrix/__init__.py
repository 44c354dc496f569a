"""Every engine: all labs and a tenth of the mistakes, on engines of several releases, image stores and drivers.

``make matrix`` runs it by hand, in about half an hour, and writes its table into the README; ``python -m tests.matrix
forky rootless`` plays the rows with these words. The packages of other releases come from the machine's own package
sources, and are unpacked, never installed; the course's images, and with them the registry, are made of them, too.
"""
