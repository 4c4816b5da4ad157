"""Ready sources for known shops. Empty for now."""
