"""A terminal dashboard for human rights monitoring briefs."""

__version__ = "0.1.0"
