"""A registry's API asked with curl."""
