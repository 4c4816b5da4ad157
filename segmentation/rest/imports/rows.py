"""What rows of each relation may have, as JSON Schema: from the same table that they are cleaned by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from segmentation.rest.imports.asked import MOST_ROWS
from segmentation.rules.values import Kind
from segmentation.sources.columns import ColumnSpec
from segmentation.sources.stored.cleaning import MOST_LINES
from segmentation.sources.stored.shapes import EXTRA, LINES, shape_of

OF_KIND: Mapping[Kind, dict[str, Any]] = {
    Kind.TEXT: {"type": ["string", "integer"]},
    Kind.NUMBER: {"type": ["string", "integer"], "description": "A decimal as text, such as “19.90”; never a float."},
    Kind.MONEY: {"type": ["string", "integer"], "description": "A decimal as text, such as “19.90”; never a float."},
    Kind.BOOLEAN: {"type": ["boolean"]},
    Kind.DATE: {"type": ["string"], "format": "date"},
    Kind.TIME: {"type": ["string"], "format": "date-time", "description": "With an offset."},
}
_EXTRA: dict[str, Any] = {
    "type": ["object", "null"],
    "additionalProperties": True,
    "description": "What only this shop has: names that a column of its source asks for.",
}


def push_schema(relation: str) -> dict[str, Any]:
    """Of the body of a push."""
    properties = {
        "rows": {"type": "array", "items": row_schema(relation), "maxItems": MOST_ROWS},
        "partial": {
            "type": "boolean",
            "default": False,
            "description": "Store the sound rows and tell of the others, instead of refusing all.",
        },
        "announce": {
            "type": "boolean",
            "default": True,
            "description": "Whether live segments follow at once; else the next refresh sees the rows.",
        },
    }
    return {"type": "object", "properties": properties, "required": ["rows"], "additionalProperties": False}


def row_schema(relation: str) -> dict[str, Any]:
    """Of one row."""
    shape = shape_of(relation)
    schema = _object(shape.columns, shape.stamped)
    if shape.lines:
        lines = {"type": ["array", "null"], "items": _object(shape.lines.columns), "maxItems": MOST_LINES}
        schema["properties"][LINES] = {**lines, "description": "In the place of all that the row had."}
    return schema


def _object(columns: Mapping[str, ColumnSpec], optional: frozenset[str] = frozenset()) -> dict[str, Any]:
    required = [name for name, spec in columns.items() if spec.required and name not in optional]
    properties: dict[str, Any] = {}
    for name, spec in columns.items():
        schema = dict(OF_KIND[spec.kind])
        properties[name] = schema if name in required else {**schema, "type": [*schema["type"], "null"]}
    return {
        "type": "object",
        "properties": {**properties, EXTRA: _EXTRA},
        "required": required,
        "additionalProperties": False,
    }
