"""The dashboard: Textual, and nothing else in hrdash imports it."""
