"""Addresses of personalization: `path("personalization/", include("personalization.urls"))`."""

from __future__ import annotations

from django.urls import path

from personalization.views.consent import ConsentView, receipts
from personalization.views.place import place

app_name = "personalization"

urlpatterns = [
    path("consent/", ConsentView.as_view(), name="consent"),
    path("consent/receipts/", receipts, name="receipts"),
    path("place/", place, name="place"),
]
