"""Pages of personalization for whoever looks: consent, place, and why something is shown."""
