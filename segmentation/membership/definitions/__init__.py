"""Segments as a file: to be kept under version control, reviewed, and taken to another shop."""

from segmentation.membership.definitions.shape import MAX_BYTES
from segmentation.membership.definitions.taking_in import TakenIn, take_in
from segmentation.membership.definitions.writing import as_yaml, definitions_of

__all__ = ["MAX_BYTES", "TakenIn", "as_yaml", "definitions_of", "take_in"]
