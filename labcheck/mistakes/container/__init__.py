"""Mistakes with a container: its name, its state, its ports, its restart policy."""
