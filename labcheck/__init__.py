"""labcheck looks at the real Docker engine and the real registry and says what is done, what is not, and why."""

__version__ = "0.1.0"

__all__ = ["__version__"]
