"""Mistakes with a registry's address, and what answers there."""
