"""Addresses of personalization's API: `path("api/", include("personalization.rest.urls"))`. Needs the extra `api`."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "personalization-api"
urlpatterns: list[URLPattern | URLResolver] = []
