"""refkit turns hand-written reference lists into a bibliography that can be trusted."""

__version__ = "0.1.0"
__all__ = ["__version__"]
