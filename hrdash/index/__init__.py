"""A corpus in SQLite: derived, disposable, never the truth."""
