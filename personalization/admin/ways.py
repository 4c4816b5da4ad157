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


def ways(request: HttpRequest, here: str = "") -> list[Tool]:
    """Those that this reader may go, without the page where she is, by its name."""
    pages = (
        ("view_recommenderversion", "recommenderversion_changelist", _("Recommender versions")),
        ("preview_recommendations", "preview_recommendations", _("Preview recommendations")),
        ("view_evaluation", "evaluation_changelist", _("Evaluations")),
        ("view_merchandisingrule", "merchandisingrule_changelist", _("Pins, boosts and exclusions")),
        ("view_shownlist", "shownlist_changelist", _("What was shown and clicked")),
    )
    may = {right for right, _page, _text in pages if request.user.has_perm(f"regulars_personalization.{right}")}
    return [Tool(text, page(name)) for right, name, text in pages if right in may and name != here]
