"""The subcommands of `manage.py segments`, one a file: what it takes (`add_arguments`) and what it does (`run`)."""
