"""The front API beside pages that show the same by tags."""

from __future__ import annotations

from django.urls import include, path

from tests.personalization.content.urls import AT_HAND, page_at
from tests.personalization.storefront import page
from tests.personalization.storefront import urlpatterns as pages

__all__ = ["AT_HAND"]

urlpatterns = [
    path("api/", include("personalization.rest.urls")),
    path("at/<str:slugs>/", page_at),
    path("look/", page('{% pagevariant "look" as look %}{{ look }}')),
    *pages,
]
