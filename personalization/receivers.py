"""Hears membership and the shop. Empty for now."""
