"""The instructor's wall: one page that shows, as it happens, who is at which step, who is stuck and at what.

::

    register.py  what was heard of each learner of the class, the newest only; kept in a file for the next start
    need.py      who needs help, how much, and for how long: the order of the page
    page.py      that, as HTML in words; page.html, page.css and page.js are put around it
    server.py    hears learners, and serves the page to whoever has its address with the token

What learners tell is :mod:`labcheck.share.where`; the words are those of the instructor's own labs and mistakes.
"""
