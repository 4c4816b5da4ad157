"""The lazy visitor of a request. Empty for now."""
