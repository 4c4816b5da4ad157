"""What an owner sees of one customer or one segment. Empty: the admin shows the plain lists for now."""
