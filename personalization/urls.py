"""Addresses of personalization: `path("personalization/", include("personalization.urls"))`."""

from __future__ import annotations

from django.urls import path

from personalization.views.clicked import clicked
from personalization.views.consent import ConsentView, banner, receipts
from personalization.views.place import place
from personalization.views.slots import slot, slots
from personalization.views.why import why

app_name = "personalization"

urlpatterns = [
    path("clicked/", clicked, name="clicked"),
    path("consent/", ConsentView.as_view(), name="consent"),
    path("consent/banner/", banner, name="consent-banner"),
    path("consent/receipts/", receipts, name="receipts"),
    path("place/", place, name="place"),
    path("why/<slug:slot>/", why, name="why"),
    path("slots/", slots, name="slots"),
    path("slots/<slug:slug>/", slot, name="slot"),
]
