"""Ways to recommend, one file each, found by their names in the registry."""
