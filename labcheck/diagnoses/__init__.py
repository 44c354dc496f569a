"""The mistakes that have no page of their own kind yet; see ``labcheck/mistake/legacy.py``."""
