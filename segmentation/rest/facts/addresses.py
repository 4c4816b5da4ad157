"""Addresses of facts."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from segmentation.rest.facts.choices import ChoicesView
from segmentation.rest.facts.facts import FactsView

addresses: list[URLPattern | URLResolver] = [
    path("facts/", FactsView.as_view(), name="facts"),
    path("facts/<str:name>/choices/", ChoicesView.as_view(), name="fact-choices"),
]
