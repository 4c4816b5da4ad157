"""URLs of personalization. Empty for now."""
