"""People: who they are, which segments they are in and why, what happened to them and what they agreed to."""
