"""What changes the shop's data, one deed a file; views and receivers call these."""
