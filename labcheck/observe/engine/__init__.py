"""The Docker engine: which one is meant, how to reach it, its identity, what it has, and what happens there."""
