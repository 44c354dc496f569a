"""Mistakes with removing: things stay, or they went too early."""
