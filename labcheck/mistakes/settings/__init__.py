"""Mistakes with the settings that a registry is given."""
