"""The demo's addresses."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/", include("segmentation.urls")),
    path("api/", include("personalization.rest.urls")),
    path("personalization/", include("personalization.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("shopdemo.shop.urls")),
]
