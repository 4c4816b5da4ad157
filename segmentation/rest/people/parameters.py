"""Parts of addresses that people's resources have in common, as the schema tells of them."""

from __future__ import annotations

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter

KEY = OpenApiParameter(
    "key",
    OpenApiTypes.STR,
    OpenApiParameter.PATH,
    description=(
        "The profile's key, percent-encoded: `user:17`, `guest:…`, `visitor:…`. "
        "The `url` of a profile is its address, with everything encoded."
    ),
)
SLUG = OpenApiParameter("slug", OpenApiTypes.STR, OpenApiParameter.PATH, description="The segment's slug.")
