"""Addresses of segmentation's API: `path("api/", include("segmentation.urls"))`. Needs the extra `api`."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "segmentation"
urlpatterns: list[URLPattern | URLResolver] = []
