"""Which variant of a slot a visitor gets. Empty for now."""
