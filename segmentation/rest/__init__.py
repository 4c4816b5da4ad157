"""REST: segments, people, facts and what is pushed to us, for machines. Needs the extra `api`."""
