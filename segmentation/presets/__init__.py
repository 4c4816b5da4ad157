"""Ready-made segments, one file a family. Empty: the demo defines its own for now."""
