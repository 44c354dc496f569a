"""A mistake: one Markdown file that says how it is recognised, why it happens and what to do; its body is its page.

The pages lie in :mod:`labcheck.mistakes`, a folder for each family. A page's head is data. Only where data does not
do, a typed function beside the page recognises the mistake in evidence, or finds out more of a message.
"""

from labcheck.mistake.facts import Facts, explains, facts, notes, recognises, unseen
from labcheck.mistake.known import LONGEST, diagnose, explain, note

__all__ = ["LONGEST", "Facts", "diagnose", "explain", "explains", "facts", "note", "notes", "recognises", "unseen"]
