"""A page that judges submissions in a browser, by the same code, without an installation or a network.

``write.py`` writes it, ``inside.py`` is what its Python runs; ``page.html`` and ``page.js`` are put into it.
"""
