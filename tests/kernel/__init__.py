"""The kernel over small columns made by hand."""
