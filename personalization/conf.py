"""Settings of personalization. Empty for now."""
