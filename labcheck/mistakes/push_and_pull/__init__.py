"""Mistakes with what goes from the engine to a registry and back."""
