"""Exposures, conversions and attribution. Empty for now."""
