"""Celery tasks of personalization. Empty for now."""
