"""What is allowed and yet hardly meant: warnings about a rule, each with its place. Nothing here is refused."""

from segmentation.engine.lint.lint import lint

__all__ = ["lint"]
