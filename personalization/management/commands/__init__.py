"""Commands of personalization."""
