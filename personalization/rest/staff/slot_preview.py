"""`content/slots/{slug}/preview/`: a slot as somebody sees it, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from personalization.conf import conf
from personalization.content.at_hand import at_hand
from personalization.content.names import DEVICES, KINDS
from personalization.content.verdicts import Verdict
from personalization.content.viewing import View, Viewer, seen_as, view
from personalization.models import Slot
from personalization.rest.staff.asked_segments import resolved
from personalization.rest.staff.examples import SLOT_LOOK, SLOT_LOOKED
from personalization.rest.staff.fields import Moment, Several, country, language, products
from personalization.rest.staff.parameters import SLOT
from personalization.rest.staff.people import ProfileKey
from personalization.rest.staff.rights import PREVIEW_SLOT, VIEW_SLOT
from segmentation.models import Segment
from segmentation.profiles.masks import VIEW_EMAIL
from segmentation.rest.base.history import CHANGE, note
from segmentation.rest.base.schema import described
from segmentation.rest.base.strict import Strict
from segmentation.rest.base.views import StaffView

LOOKS = ("kind", "country", "region", "city", "device", "language", "viewed")
AT_HAND = ("product", "basket", "wishes", "missing", "query")


class SlotPreviewSerializer(Strict):
    """Who looks, at what, when; all of it may be left out. A customer brings her segments and her name."""

    profile = ProfileKey(help_text="A profile's key.")
    segments = Several(child=serializers.SlugField(max_length=80), help_text="Slugs; in these, whoever looks.")
    kind = serializers.ChoiceField(choices=list(KINDS), required=False)
    country = country(required=False)
    region = serializers.CharField(required=False, max_length=6, help_text="`FR-IDF` or `IDF`.")
    city = serializers.CharField(required=False, max_length=80)
    device = serializers.ChoiceField(choices=list(DEVICES), required=False)
    language = language(required=False, help_text="Of the page; the shop's own unless given.")
    viewed = products(help_text="Products looked at, the last in front.")
    product = products(help_text="What the page is about.")
    basket = products(help_text="What lies in the cart.")
    wishes = products(help_text="What stands on the wishlist.")
    missing = serializers.DecimalField(
        max_digits=12, decimal_places=2, min_value=0, required=False, help_text="What the cart lacks for free delivery."
    )
    query = serializers.CharField(required=False, max_length=100, help_text="What was searched for.")
    now = Moment(required=False, help_text="The moment that it is.")
    with_drafts = serializers.BooleanField(required=False, default=False, help_text="As if drafts were live.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Segments that are answered."""
        return attrs | resolved(attrs, ["segments"], state__in=[Segment.State.LIVE, Segment.State.BROKEN])


class TargetAnswerSerializer(Strict):
    """One question of a target."""

    question = serializers.CharField(help_text="In words, as the two below.")
    asked = serializers.CharField(help_text="By the variant.")
    said = serializers.CharField(help_text="By whoever looks.")
    holds = serializers.BooleanField()


class VariantVerdictSerializer(Strict):
    """What became of a variant."""

    slug = serializers.CharField()
    name = serializers.CharField()
    is_chosen = serializers.BooleanField()
    fits = serializers.BooleanField(help_text="Whether it would be shown, were there no other.")
    answers = TargetAnswerSerializer(many=True)


class SlotPreviewAnswerSerializer(Strict):
    """What is shown, and why."""

    variant = serializers.CharField(allow_null=True, help_text="Slug of what is shown; null where nothing is.")
    html = serializers.CharField(help_text='As the page has it; "" where nothing is shown.')
    problem = serializers.CharField(help_text='Why what was chosen cannot be shown; "" where it can.')
    variants = VariantVerdictSerializer(many=True, help_text="In the order in which they are asked, the default last.")


class SlotPreviewView(StaffView):
    """Whoever previews as a customer is written into the customer's history."""

    rights = {"POST": (VIEW_SLOT, PREVIEW_SLOT)}
    only_reads = ("POST",)

    @described(
        operation_id="content_slots_preview",
        summary="See a slot as somebody",
        tags=["content"],
        description=(
            "As a customer, or as anybody in a segment, place, language and moment: what is shown, what became of each variant. "
            "Looking as a customer is written into the profile's history. The first name is told to who has `view_email` alone. "
            "Needs the permissions `view_slot` and `preview_slot`."
        ),
        parameters=[SLOT],
        request=SlotPreviewSerializer,
        responses=SlotPreviewAnswerSerializer,
        examples=[SLOT_LOOK, SLOT_LOOKED],
    )
    def post(self, request: Request, slug: str) -> Response:
        """Raises SourceError where the shop cannot be asked."""
        slot = get_object_or_404(Slot, shop=conf.shop, slug=slug)
        asked = SlotPreviewSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        said = asked.validated_data
        now = said.get("now") or timezone.now()
        audience = _viewer(said, tells_name=request.user.has_perm(VIEW_EMAIL)).audience(now)
        if said.get("profile"):
            note(request, said["profile"], CHANGE, seen_as(slot))
        at = at_hand(now, **{name: said[name] for name in AT_HAND if name in said})
        return Response(_said(view(slot, audience, at, with_drafts=said["with_drafts"])))


def _viewer(said: Mapping[str, Any], *, tells_name: bool) -> Viewer:
    looks = {name: said[name] for name in LOOKS if name in said}
    segments = frozenset(segment.slug for segment in said.get("segments", ()))
    return Viewer(person=said.get("profile"), tells_name=tells_name, segments=segments, **looks)


def _said(found: View) -> dict[str, Any]:
    return {
        "variant": found.chosen.variant.slug if found.chosen else None,
        "html": str(found.html),
        "problem": str(found.failure),
        "variants": [_verdict(each) for each in found.verdicts],
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    answers = [{"question": each.label, "asked": each.asked, "said": each.said, "holds": each.holds} for each in verdict.answers]
    variant = verdict.variant
    return {
        "slug": variant.slug,
        "name": variant.name,
        "is_chosen": verdict.is_chosen,
        "fits": verdict.fits,
        "answers": answers,
    }
