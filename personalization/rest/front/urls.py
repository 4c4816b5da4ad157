"""Addresses of the front API."""

from __future__ import annotations

from django.urls import path

from personalization.rest.front.consent import ConsentView
from personalization.rest.front.me import MeView
from personalization.rest.front.place import PlaceView
from personalization.rest.front.recommendations import ClicksView, RecommendationsView, StrategiesView
from personalization.rest.front.slots import SlotsView, SlotView
from personalization.rest.front.visit import VisitView

urlpatterns = [
    path("me/", MeView.as_view(), name="me"),
    path("place/", PlaceView.as_view(), name="place"),
    path("consent/", ConsentView.as_view(), name="consent"),
    path("visit/", VisitView.as_view(), name="visit"),
    path("slots/", SlotsView.as_view(), name="slots"),
    path("slots/<str:slug>/", SlotView.as_view(), name="slot"),
    path("recommendations/", StrategiesView.as_view(), name="strategies"),
    path("recommendations/clicks/", ClicksView.as_view(), name="clicks"),
    path("recommendations/<str:strategy>/", RecommendationsView.as_view(), name="recommendations"),
]
