"""Addresses of segmentation's API: `path("api/", include("segmentation.urls"))`. Needs the extra `api`."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from segmentation.rest.base import extra as extra  # nothing below can be imported without it
from segmentation.rest.facts import addresses as facts
from segmentation.rest.imports import addresses as imports
from segmentation.rest.people import addresses as people
from segmentation.rest.schema import SchemaView
from segmentation.rest.segments import addresses as segments

app_name = "segmentation"
urlpatterns: list[URLPattern | URLResolver] = [
    path("schema/", SchemaView.as_view(), name="schema"),
    *segments.addresses,
    *facts.addresses,
    *people.addresses,
    *imports.addresses,
]
