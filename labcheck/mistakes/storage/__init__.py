"""Where a registry keeps what was pushed, and what a clean-up takes of it."""
