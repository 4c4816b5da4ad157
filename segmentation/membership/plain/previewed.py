"""What a rule would take in."""

from __future__ import annotations

from typing import Any

from segmentation.membership.preview import Preview


def plain_preview(found: Preview) -> dict[str, Any]:
    """How many, and what is odd about the rule."""
    return {"count": found.count, "share": found.share, "sentence": found.sentence, "warnings": found.warnings}
