"""System checks of personalization. Empty for now."""
