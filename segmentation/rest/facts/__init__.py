"""Facts: what a rule may ask about, and the values there are."""
