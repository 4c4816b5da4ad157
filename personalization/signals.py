"""Signals of personalization. Empty for now."""
