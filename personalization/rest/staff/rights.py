"""Permissions that these resources ask for beside those of the models: the same as the admin's pages."""

from __future__ import annotations

APP = "regulars_personalization"

VIEW_SLOT = f"{APP}.view_slot"
PREVIEW_SLOT = f"{APP}.preview_slot"
DELETE_VARIANT = f"{APP}.delete_variant"
VIEW_VERSION = f"{APP}.view_recommenderversion"
TRAIN = f"{APP}.train_recommender"
PREVIEW = f"{APP}.preview_recommendations"
VIEW_SHOWN = f"{APP}.view_shownlist"
