"""A lab, and the page of a mistake that it brings; the page would colour the terminal."""

from __future__ import annotations

LAB = "title: T\nsteps: [{id: a, title: A, checks: [{check: image-present, image: nginx}]}]\n"
PAGE = """---
summary: "The \\e[31mkey is missing."
messages:
- says: |
    cannot unlock {door} without a key
    {door} stays shut for now
  why: Nobody gave you the key of {door}.
  type: unlock {door}
- why: never shown
---
# key-missing

Its page, with \x1b[31mcolours.
"""
