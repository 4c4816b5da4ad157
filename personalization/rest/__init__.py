"""The REST surface of personalization. Empty for now."""
