"""What customers write, one subject a file."""
