"""`profiles/{key}/explain/{slug}/`: why somebody is in a segment, or is not."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from segmentation import membership
from segmentation.conf import conf
from segmentation.membership.moments import moment_called
from segmentation.membership.plain import plain_explanation
from segmentation.membership.restricted import VIEW_RESTRICTED, restricted_conditions
from segmentation.models import Segment
from segmentation.rest.base.moments import NO_MOMENT
from segmentation.rest.base.problems import wrong_parameter
from segmentation.rest.base.schema import described
from segmentation.rest.base.strict import Strict
from segmentation.rest.people.examples import EXPLANATION
from segmentation.rest.people.parameters import KEY, SLUG
from segmentation.rest.people.person import PersonViewSet
from segmentation.rest.people.rights import VIEW_PROFILE

NOW = OpenApiParameter(
    "now",
    OpenApiTypes.STR,
    OpenApiParameter.QUERY,
    description="As of this date or time in ISO 8601; without an offset, in the shop's zone. The present unless given.",
)


class LeafSerializer(Strict):
    """One condition."""

    path = serializers.CharField(help_text="JSON pointer into the segment's definition.")
    sentence = serializers.CharField(help_text="The condition in the language of the request.")
    truth = serializers.ChoiceField(choices=["true", "false", "unknown"])
    asked = serializers.BooleanField(help_text="False where consent to profiling is wanting: then nothing was looked at.")
    value = serializers.CharField(
        allow_null=True, help_text="Null where it is not known, was not asked, or needs a right to be seen."
    )
    limit = serializers.CharField(allow_null=True)
    evidence = serializers.ListField(child=serializers.CharField(), help_text="Keys of the shop's rows, the latest 20.")


class ExplanationSerializer(Strict):
    """Today's answer, the owner's word included, and each condition."""

    member = serializers.BooleanField()
    since = serializers.DateTimeField(allow_null=True, help_text="When the stored membership began; null where there is none.")
    leaves = LeafSerializer(many=True)


class ExplanationViewSet(PersonViewSet):
    """One person and one segment."""

    rights = {"retrieve": (VIEW_PROFILE,)}
    serializer_class = ExplanationSerializer

    @described(
        operation_id="profiles_explain_retrieve",
        summary="Why a person is in a segment, or is not",
        description=(
            "Each condition is asked of the shop now, or as of `now`: its value, its limit, and the keys of the rows of it. "
            "Who turned out to be somebody else is explained as that person. Values of birth dates, genders, cities and the like "
            "are null without the permission `view_restricted`. A broken segment answers 409. "
            "Needs the permission `view_profile`."
        ),
        parameters=[KEY, SLUG, NOW],
        examples=[EXPLANATION],
    )
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Read live."""
        profile, moment = self.profile, _moment(request)
        segment = Segment.objects.filter(shop=conf.shop, slug=kwargs["slug"]).first()
        if segment is None:
            raise Http404
        found = membership.explain(segment, profile, now=moment)
        hidden = frozenset() if request.user.has_perm(VIEW_RESTRICTED) else restricted_conditions(segment)
        said = plain_explanation(found)
        for leaf in said["leaves"]:
            if leaf["path"] in hidden:
                leaf["value"] = None
        return Response(self.get_serializer(said).data)


def _moment(request: Request) -> datetime:
    text = request.query_params.get("now")
    if text is None:
        return timezone.now()
    moment = moment_called(text)
    if moment is None:
        raise wrong_parameter("now", str(NO_MOMENT))
    return moment
