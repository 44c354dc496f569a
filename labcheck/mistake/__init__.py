"""A mistake: one Markdown file that says how it is recognised, why it happens and what to do; its body is its page.

The pages are in :mod:`labcheck.mistakes`, a folder for each family. A page's head is data. Only if data is not enough,
a typed function beside the page recognises the mistake in evidence, or extracts more from a message.
"""

from labcheck.mistake.facts import Facts, explains, facts, notes, recognises, unseen
from labcheck.mistake.known import LONGEST, diagnose, explain, note

__all__ = ["LONGEST", "Facts", "diagnose", "explain", "explains", "facts", "note", "notes", "recognises", "unseen"]
