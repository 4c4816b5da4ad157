"""Errors of personalization. Empty for now."""
