"""Ready sources for known shops."""
