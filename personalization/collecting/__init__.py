"""Events that a front tells: read, judged one by one, and written down for whoever may be followed."""
