"""The demo's addresses."""

from __future__ import annotations

from pathlib import Path

from django.contrib import admin
from django.urls import include, path
from django.views.static import serve

HEADLESS = Path(__file__).parent / "headless" / "site"

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/", include("segmentation.urls")),
    path("api/", include("personalization.rest.urls")),
    path("personalization/", include("personalization.urls")),
    # A front that needs nothing of Django but its files: any server may have them.
    path("headless/", serve, {"path": "index.html", "document_root": HEADLESS}),
    path("headless/<path:path>", serve, {"document_root": HEADLESS}),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("shopdemo.shop.urls")),
]
