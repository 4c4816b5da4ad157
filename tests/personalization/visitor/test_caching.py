"""Which responses are kept for others."""

from __future__ import annotations

import pytest
from django.http import HttpResponse

from personalization.visitor.caching import is_public


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("", False),
        ("public", True),
        ("max-age=600", True),
        ("max-age=0", False),
        ("s-maxage=60", True),
        ("s-maxage=0, max-age=0", False),
        ("private, max-age=600", False),
        ("no-store", False),
        ("Public, Max-Age=5", True),
        ("no-cache", False),
    ],
)
def test_by_what_the_response_says(said, expected):
    assert is_public(HttpResponse(headers={"Cache-Control": said} if said else {})) is expected
