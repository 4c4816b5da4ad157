"""URLs of segmentation; REST brings the first ones."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "segmentation"
urlpatterns: list[URLPattern | URLResolver] = []
