"""Recommenders, one a file. Empty for now."""
