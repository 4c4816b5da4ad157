"""`manage.py personalization`, a subcommand a file."""
