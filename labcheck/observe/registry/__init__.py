"""Registries: what answers, what they list, and what they store under a reference."""
