"""What may be asked, and how it is said."""
