"""What the OpenAPI document says of every operation of ours."""

from __future__ import annotations

from drf_spectacular.openapi import AutoSchema


class Schema(AutoSchema):
    """As drf-spectacular reads views, with the answers that all of ours may give."""
