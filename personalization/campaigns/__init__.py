"""Journeys, timing, outbox and channels. Empty for now."""
