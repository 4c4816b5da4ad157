"""A stored rule as a field."""

from __future__ import annotations

import json
from typing import Any

from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.plumbing import ResolvedComponent
from rest_framework import serializers

from segmentation.rest.segments.rule_schema import COMPONENTS


class RuleField(serializers.JSONField):
    """Taken as it is: whether it is a rule is for `segmentation.rules` to say, which tells all that is wrong with it."""


_WRITTEN = {name: json.dumps(schema) for name, schema in COMPONENTS.items()}
"""Each document has copies of its own: drf-spectacular writes into them."""


class RuleFieldSchema(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    """Leads to the components that stand by hand."""

    target_class = RuleField

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        """A reference; what it leads to comes with it."""
        for name, schema in _WRITTEN.items():
            component: Any = ResolvedComponent
            auto_schema.registry.register_on_missing(
                component(name=name, type=ResolvedComponent.SCHEMA, object=name, schema=json.loads(schema))
            )
        return {"$ref": "#/components/schemas/Rule"}
