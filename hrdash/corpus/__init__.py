"""A corpus folder, read strictly: files, then nodes, then checked values, with a problem for whatever is wrong."""

MAX_BYTES = 1 << 20
"""The largest file that is read: 1 MiB."""
