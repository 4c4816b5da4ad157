"""Addresses of personalization's API: `path("api/", include("personalization.rest.urls"))`. Needs the extra `api`."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from personalization.rest.events import EventsView
from personalization.rest.front.urls import urlpatterns as front
from personalization.rest.staff.urls import urlpatterns as staff

app_name = "personalization-api"
urlpatterns: list[URLPattern | URLResolver] = [
    path("events/", EventsView.as_view(), name="events"),
    *front,
    *staff,
]
