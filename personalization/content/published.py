"""The slots that are live."""

from __future__ import annotations

from personalization.content.loading import load
from personalization.content.snapshot import Published
from personalization.publishing import Publisher

publisher = Publisher("slots", load, Published)
"""This process's."""


def published() -> Published:
    """The live slots and variants: no query when warm, one when cold. Raises nothing."""
    return publisher.current()
