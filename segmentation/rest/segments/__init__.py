"""Segments for staff and machines: what they ask, who is in, what they were, and the owner's word on them."""
