"""The shop's pictures: drawn as SVG from what titles and categories say, always the same for the same words."""
