"""How the OpenAPI document says who asks the front API."""

from __future__ import annotations

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension

from personalization.recommend.strategies.base import Need
from personalization.visitor.location import Confidence, Source
from personalization.visitor.token import HEADER
from segmentation.rest.base.schema import name_enums

name_enums(
    PlaceSource=[source.value for source in Source],
    Confidence=[each.value for each in Confidence],
    Need=[need.value for need in Need],
)


class SubjectScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """A visitor's token, the session of the shop's own site, or nobody."""

    target_class = "personalization.rest.front.subject.Subject"
    name = "visitor"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        """Of OpenAPI."""
        said = (
            "A visitor's token, kept by a front on another origin: `new` for the first call, then what the last answer said in "
            "the same header. Without it the shop's own cookies count."
        )
        return {"type": "apiKey", "in": "header", "name": HEADER, "description": said}

    def get_security_requirement(self, auto_schema: Any) -> list[dict[str, list[Any]]]:
        """Any of these."""
        return [{"visitor": []}, {"session": []}, {}]
