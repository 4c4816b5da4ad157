"""What staff and their machines do with content and recommendations, as in the admin. A resource a file."""
