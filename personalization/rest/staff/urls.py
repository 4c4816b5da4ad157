"""Addresses of these resources, which `personalization.rest.urls` has with the front's."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path
from rest_framework.routers import SimpleRouter

from personalization.rest.staff import enums
from personalization.rest.staff.evaluations import EvaluationViewSet
from personalization.rest.staff.measured import MeasuredView
from personalization.rest.staff.merchandising import MerchandisingViewSet
from personalization.rest.staff.recommendation_preview import RecommendationPreviewView
from personalization.rest.staff.recommenders import RecommenderViewSet, StatusView, SwitchView, TrainView
from personalization.rest.staff.slot_preview import SlotPreviewView
from personalization.rest.staff.slots import SlotViewSet
from personalization.rest.staff.variants import VariantViewSet

router = SimpleRouter(use_regex_path=False)
router.register("content/slots", SlotViewSet, "content-slots")
router.register("content/slots/<str:slug>/variants", VariantViewSet, "content-variants")
router.register("recommenders", RecommenderViewSet, "recommenders")
router.register("evaluations", EvaluationViewSet, "evaluations")
router.register("merchandising", MerchandisingViewSet, "merchandising")

urlpatterns: list[URLPattern | URLResolver] = [
    path("content/slots/<str:slug>/preview/", SlotPreviewView.as_view(), name="content-slots-preview"),
    path("recommendations/<str:strategy>/preview/", RecommendationPreviewView.as_view(), name="recommendations-preview"),
    path("recommenders/status/", StatusView.as_view(), name="recommenders-status"),
    path("recommenders/train/", TrainView.as_view(), name="recommenders-train"),
    path("recommenders/<str:number>/switch/", SwitchView.as_view(), name="recommenders-switch"),
    path("measured/", MeasuredView.as_view(), name="measured"),
    *router.urls,
]

__all__ = ["enums", "urlpatterns"]
