"""`facts/{name}/choices/`: the values of a fact, for who writes a rule about it."""

from __future__ import annotations

from dataclasses import asdict

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from segmentation.conf import conf
from segmentation.engine.shop import active_shop
from segmentation.membership.restricted import VIEW_RESTRICTED
from segmentation.rest.base.rights import IsStaff
from segmentation.rest.base.schema import described
from segmentation.rest.base.strict import Strict
from segmentation.rest.base.views import Request, Response, StaffView
from segmentation.rest.segments.examples import answered
from segmentation.rest.segments.rights import WritesRules
from segmentation.store.choices import choices

LIMIT = 50
"""So many values are listed, as in the admin; whoever looks for another searches."""

CHOICES = {"results": [{"value": "United Kingdom", "count": 3950}, {"value": "France", "count": 87}], "is_partial": False}


class ListedChoice(Strict):
    """A value, as a rule would spell it."""

    value = serializers.CharField()
    count = serializers.IntegerField(allow_null=True, help_text="Rows it stands in; null where they are not counted.")


class ChoicesListed(Strict):
    """The most frequent values."""

    results = ListedChoice(many=True)
    is_partial = serializers.BooleanField(help_text="Not all of the shop's data was looked at: rare values may be missing.")


class ChoicesView(StaffView):
    """As the admin's page."""

    permission_classes = [IsStaff, WritesRules]

    @described(
        operation_id="facts_choices_list",
        summary="The values of a fact",
        description=(
            "The fifty most frequent, or those of them that hold the words, whatever their case and accents. Numbers, "
            "dates, places and what is worked out have none. Needs the permission `add_segment` or `change_segment`, "
            "and `view_restricted` for a restricted fact."
        ),
        tags=["facts"],
        parameters=[OpenApiParameter("search", str, description="What the values hold.")],
        responses={200: ChoicesListed},
        examples=[answered("Countries", CHOICES)],
    )
    def get(self, request: Request, name: str) -> Response:
        """The values."""
        shop = active_shop()
        try:
            found = choices(
                shop.source,
                shop.catalogue,
                name,
                request.query_params.get("search", ""),
                limit=LIMIT,
                may_see_restricted=request.user.has_perm(VIEW_RESTRICTED),
                using=conf.source_alias,
            )
        except KeyError:
            raise Http404 from None
        return Response(ChoicesListed({"results": list(map(asdict, found.found)), "is_partial": found.is_partial}).data)
