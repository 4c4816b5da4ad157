"""docs/activity.md says what the code does."""

from __future__ import annotations

import gzip
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "activity.md").read_text()
SCRIPT = ROOT / "personalization" / "static" / "regulars_personalization" / "clicks.js"


def test_the_script_that_tells_of_clicks_is_as_small_as_it_says() -> None:
    size = len(gzip.compress(SCRIPT.read_bytes(), mtime=0))
    assert size <= 1_024
    assert f"a script of {size / 1000:.1f} kB (gzip)" in PAGE
