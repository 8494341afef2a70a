"""One screen a module: the dashboard, and what opens over it."""
