"""From one page about recommendations to the others."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _

from personalization.admin.links import page
from segmentation.admin.links import Tool

TRAIN = "regulars_personalization.train_recommender"
"""Who has this permission may train, test and switch recommenders."""

PREVIEW = "regulars_personalization.preview_recommendations"
"""Who has this permission may see what anybody is recommended, and why."""


def ways(request: HttpRequest) -> list[Tool]:
    """Those that this reader may go."""
    found = [
        (PREVIEW, Tool(_("Preview recommendations"), page("preview_recommendations"))),
        ("regulars_personalization.view_evaluation", Tool(_("Evaluations"), page("evaluation_changelist"))),
        (
            "regulars_personalization.view_merchandisingrule",
            Tool(_("Pins, boosts and exclusions"), page("merchandisingrule_changelist")),
        ),
        ("regulars_personalization.view_shownlist", Tool(_("What was shown and clicked"), page("shownlist_changelist"))),
    ]
    return [tool for permission, tool in found if request.user.has_perm(permission)]
