"""Mistakes with editing an image, by a container or by a Dockerfile."""
