"""What was recommended to whom, and what was opened because of it."""
