"""Parts of addresses that these resources have in common, as the schema tells of them."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter

SLUG: dict[str, Any] = {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"}
WHOLE: dict[str, Any] = {"type": "integer", "format": "int64", "minimum": 0}


def _part(name: str, schema: dict[str, Any], description: str) -> OpenApiParameter:
    return OpenApiParameter(name, schema, OpenApiParameter.PATH, description=description)


SLOT = _part("slug", SLUG, "The slot's slug.")
VARIANT = _part("variant", SLUG, "The variant's slug.")
STRATEGY = _part("strategy", SLUG, "The strategy's slug, such as `for_you`.")
NUMBER = _part("number", WHOLE, "The version's number.")
ID = _part("id", WHOLE, "As the list gives it.")
