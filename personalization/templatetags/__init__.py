"""Template tags of the storefront. Empty for now."""
