"""Tables of personalization. Empty for now."""
