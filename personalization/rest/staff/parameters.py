"""Parts of addresses that these resources have in common, as the schema tells of them."""

from __future__ import annotations

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter


def _part(name: str, kind: OpenApiTypes, description: str) -> OpenApiParameter:
    return OpenApiParameter(name, kind, OpenApiParameter.PATH, description=description)


SLOT = _part("slug", OpenApiTypes.STR, "The slot's slug.")
VARIANT = _part("variant", OpenApiTypes.STR, "The variant's slug.")
STRATEGY = _part("strategy", OpenApiTypes.STR, "The strategy's slug, such as `for_you`.")
NUMBER = _part("number", OpenApiTypes.INT, "The version's number.")
ID = _part("id", OpenApiTypes.INT64, "As the list gives it.")
