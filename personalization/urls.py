"""Our addresses: `path("personal/", include("personalization.urls"))`."""

from __future__ import annotations

from django.urls import path

from personalization.content import views as content

app_name = "personalization"

urlpatterns = [
    path("slots/", content.slots, name="slots"),
    path("slots/<slug:slug>/", content.slot, name="slot"),
]
