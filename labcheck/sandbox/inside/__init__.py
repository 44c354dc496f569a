"""In a sandbox's namespaces, as root: its first process, and what it prepares, starts and restarts."""
