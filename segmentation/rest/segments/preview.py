"""`segments/preview/`: what a rule would take in."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from rest_framework import serializers

from segmentation.membership import Preview, preview
from segmentation.membership.plain import plain_preview
from segmentation.membership.restricted import VIEW_RESTRICTED
from segmentation.models import Profile
from segmentation.rest.base.rights import IsStaff
from segmentation.rest.base.schema import described
from segmentation.rest.base.strict import Strict
from segmentation.rest.base.views import Request, Response, StaffView
from segmentation.rest.segments.examples import RULE, SENTENCE, TEXT, answered, asked
from segmentation.rest.segments.rights import VIEW_MEMBERS, WritesRules
from segmentation.rest.segments.written import WrittenRule, read_rule

PREVIEW = {
    "count": 742,
    "share": 0.1697,
    "sentence": SENTENCE,
    "warnings": [],
    "unknown": 0,
    "population": 4372,
    "sample": ["user:4711", "user:12"],
}


class PreviewAsked(WrittenRule):
    """A rule, and whose it is meant to be."""

    slug = serializers.SlugField(
        max_length=80, required=False, help_text="Of the segment that it is meant for, which may not refer to itself."
    )


class PreviewAnswer(Strict):
    """What it would take in."""

    count = serializers.IntegerField(help_text="People who would be in.")
    share = serializers.FloatField(help_text="Of the shop's people, 0 to 1.")
    sentence = serializers.CharField(help_text="The rule in the language of who asks, with the dates of its windows.")
    warnings = serializers.ListField(child=serializers.CharField(), help_text="What is odd about it.")
    unknown = serializers.IntegerField(help_text="People of whom it cannot be told; they would not be in.")
    population = serializers.IntegerField(help_text="The shop's people.")
    sample = serializers.ListField(
        child=serializers.CharField(), allow_null=True, help_text="Keys of some who would be in; null without `view_membership`."
    )


class PreviewView(StaffView):
    """Asks and writes nothing, so that a token that only reads may do it."""

    permission_classes = [IsStaff, WritesRules]
    only_reads = ("POST",)

    @described(
        operation_id="segments_preview",
        summary="What a rule would take in",
        description=(
            "Answers the rule for everyone and writes nothing. What is wrong with it is told as when a segment is made. "
            "Needs the permission `add_segment` or `change_segment`; members are named to those who have "
            "`view_membership`, values of restricted facts in warnings to those who have `view_restricted`."
        ),
        tags=["segments"],
        request=PreviewAsked,
        responses={200: PreviewAnswer},
        examples=[
            asked("By text", {"text": TEXT}),
            asked("By definition", {"definition": RULE, "slug": "loyal"}),
            answered("What it would take in", PREVIEW),
        ],
    )
    def post(self, request: Request) -> Response:
        """The answer."""
        shape = PreviewAsked(data=request.data)
        slug = request.data.get("slug", "") if isinstance(request.data, dict) else ""
        sent = read_rule(shape, slug if isinstance(slug, str) else "")
        may_see_restricted = request.user.has_perm(VIEW_RESTRICTED)
        found = preview(
            sent.rule,  # type: ignore[arg-type]  # there is one, or it was refused
            slug=sent.fields.get("slug", ""),
            now=timezone.now(),
            may_see_restricted=may_see_restricted,
        )
        return Response(PreviewAnswer(_plain(found, may_see_members=request.user.has_perm(VIEW_MEMBERS))).data)


def _plain(found: Preview, *, may_see_members: bool) -> dict[str, Any]:
    people = {"unknown": found.unknown, "population": found.population}
    return {**plain_preview(found), **people, "sample": _keys(found.sample) if may_see_members else None}


def _keys(profiles: tuple[int, ...]) -> list[str]:
    return list(Profile.objects.filter(pk__in=profiles).order_by("pk").values_list("key", flat=True))
