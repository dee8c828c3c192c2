"""The helper package of the course *Inside the GRU*."""

__version__ = "0.1.0"
