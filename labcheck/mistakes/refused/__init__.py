"""What docker refuses before any registry is asked."""
