"""Stable assignment, statistics and results. Empty for now."""
