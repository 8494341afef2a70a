"""A corpus folder, read strictly: files, then nodes, then checked values, with a problem for whatever is wrong."""
