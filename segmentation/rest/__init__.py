"""The REST surface of segmentation. Empty for now."""
