"""Addresses of the REST API of personalization: `path("api/", include("personalization.rest.urls"))`."""

from __future__ import annotations

from django.urls import path

from personalization.rest.events import EventsView

app_name = "personalization-api"

urlpatterns = [
    path("events/", EventsView.as_view(), name="events"),
]
