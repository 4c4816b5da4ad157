"""The shop's pages, one subject a file."""
