"""Asking registries: who answers, what they list, and what they store under a reference."""
