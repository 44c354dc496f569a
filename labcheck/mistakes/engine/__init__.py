"""Mistakes with the engine and the docker command."""
