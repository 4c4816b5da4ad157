"""Admin pages of personalization. Empty for now."""
