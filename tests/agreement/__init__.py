"""The kernel and everything that feeds it, against the oracle."""
