"""What shall this visitor see, get, or be sent? Reads membership, never rules."""
