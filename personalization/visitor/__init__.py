"""Who is looking at the page, from where, on what, in which season. Empty for now."""
