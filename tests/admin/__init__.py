"""Segments in Django's admin."""
