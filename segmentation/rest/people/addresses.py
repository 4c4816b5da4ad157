"""Addresses of people's resources. The longer ones first: a key may hold slashes."""

from __future__ import annotations

from django.urls import path

from segmentation.models import Cause, MergeCause, Profile, Purpose
from segmentation.rest.base.schema import name_enums
from segmentation.rest.people.consents import ConsentViewSet
from segmentation.rest.people.explaining import ExplanationViewSet
from segmentation.rest.people.merges import MergeViewSet
from segmentation.rest.people.profiles import ProfileViewSet
from segmentation.rest.people.scores import ScoreViewSet
from segmentation.rest.people.segments import PersonSegmentViewSet
from segmentation.rest.people.timeline import TimelineViewSet

name_enums(
    MembershipCause=Cause.choices,
    MergeCause=MergeCause.choices,
    ProfileKind=Profile.Kind.choices,
    ConsentPurpose=Purpose.choices,
    Truth=["true", "false", "unknown"],
)

KEY = "profiles/<regulars_key:key>/"

addresses = [
    path("profiles/", ProfileViewSet.as_view({"get": "list"}), name="profiles"),
    path(f"{KEY}segments/", PersonSegmentViewSet.as_view({"get": "list"}), name="profile-segments"),
    path(f"{KEY}timeline/", TimelineViewSet.as_view({"get": "list"}), name="profile-timeline"),
    path(f"{KEY}explain/<str:slug>/", ExplanationViewSet.as_view({"get": "retrieve"}), name="profile-explain"),
    path(f"{KEY}scores/", ScoreViewSet.as_view({"get": "list"}), name="profile-scores"),
    path(f"{KEY}consents/", ConsentViewSet.as_view({"get": "list", "post": "create"}), name="profile-consents"),
    path(f"{KEY}merges/", MergeViewSet.as_view({"get": "list"}), name="profile-merges"),
    path(f"{KEY}merges/<str:id>/undo/", MergeViewSet.as_view({"post": "undo"}), name="profile-merge-undo"),
    path(KEY, ProfileViewSet.as_view({"get": "retrieve"}), name="profile"),
]
