"""The steps of `manage.py demo`."""
