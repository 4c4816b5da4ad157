"""Makes up what the file lacks, always the same and always marked (docs/demo-data.md says what)."""
