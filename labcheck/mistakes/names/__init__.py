"""Mistakes with names: an image has one, but not the one it needs. How docker refuses a name is in another family."""
