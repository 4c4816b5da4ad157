"""Addresses of segments, presets and status."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path
from rest_framework.routers import SimpleRouter

from segmentation.rest.segments.export import ExportView
from segmentation.rest.segments.members import MemberViewSet
from segmentation.rest.segments.overrides import OverrideViewSet
from segmentation.rest.segments.presets import PresetsView
from segmentation.rest.segments.preview import PreviewView
from segmentation.rest.segments.refreshing import RefreshView
from segmentation.rest.segments.segments import SegmentViewSet
from segmentation.rest.segments.status import StatusView
from segmentation.rest.segments.versions import VersionViewSet

router = SimpleRouter(use_regex_path=False)
router.register("segments", SegmentViewSet, basename="segment")

addresses: list[URLPattern | URLResolver] = [
    path("segments/preview/", PreviewView.as_view(), name="preview"),
    path("segments/export/", ExportView.as_view(), name="export"),
    path("segments/<str:slug>/versions/", VersionViewSet.as_view({"get": "list"}), name="segment-versions"),
    path("segments/<str:slug>/members/", MemberViewSet.as_view({"get": "list"}), name="segment-members"),
    path("segments/<str:slug>/overrides/", OverrideViewSet.as_view({"get": "list"}), name="segment-overrides"),
    path(
        "segments/<str:slug>/overrides/<regulars_key:key>/",
        OverrideViewSet.as_view({"get": "retrieve", "put": "update", "delete": "destroy"}),
        name="segment-override",
    ),
    path("segments/<str:slug>/refresh/", RefreshView.as_view(), name="segment-refresh"),
    path("presets/", PresetsView.as_view(), name="presets"),
    path("status/", StatusView.as_view(), name="status"),
    *router.urls,
]
"""`preview` and `export` stand before the segments, so that none is found by these words."""
