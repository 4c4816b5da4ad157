"""From the pages of segments and people to what they are recommended."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _

from personalization.admin.links import page
from personalization.admin.ways import PREVIEW
from segmentation.admin.links import Tool
from segmentation.admin.offers import also_offers
from segmentation.models import Profile, Segment


def of_segment(request: HttpRequest, segment: Segment) -> Tool | None:
    """What is popular among its members; of live ones alone."""
    if segment.state != Segment.State.LIVE or not request.user.has_perm(PREVIEW):
        return None
    return Tool(_("Recommendations"), page("preview_recommendations", strategy="trending_segment", segment=segment.slug))


def of_person(request: HttpRequest, person: Profile) -> Tool | None:
    """What the person gets."""
    if person.kind == Profile.Kind.VISITOR or not request.user.has_perm(PREVIEW):
        return None
    return Tool(_("Recommendations"), page("preview_recommendations", strategy="for_you", person=person.key))


also_offers(Segment, of_segment)
also_offers(Profile, of_person)
