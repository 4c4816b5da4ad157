"""Django finds the demo's commands below."""
