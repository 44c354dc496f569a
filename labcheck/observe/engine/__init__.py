"""Asking the Docker engine: which one is meant, how it is reached, who it is, what it has, what happens there."""
