"""Commands of personalization. Empty for now."""
