"""`measured/`: what was recommended and opened, in numbers; who saw what is told nowhere."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from personalization.measure.report import click_rates, summed
from personalization.rest.staff.examples import MEASURED
from personalization.rest.staff.fields import Moment
from personalization.rest.staff.rights import VIEW_SHOWN
from segmentation.rest.base.problems import wrong_parameter
from segmentation.rest.base.queries import asked
from segmentation.rest.base.schema import described
from segmentation.rest.base.strict import Strict
from segmentation.rest.base.views import StaffView

DAYS = 30
"""Before `before`, unless told otherwise; as on the admin's page."""


class MeasuredAskedSerializer(serializers.Serializer[Any]):
    """Which lists."""

    after = Moment(required=False, help_text="Shown then or later; 30 days before `before`, unless given.")
    before = Moment(required=False, help_text="Shown before then; now, unless given.")
    strategy = serializers.CharField(required=False, max_length=40, help_text="Of this strategy alone.")
    slot = serializers.CharField(required=False, max_length=80, help_text="In this slot alone.")


class MeasuredPlaceSerializer(Strict):
    """One place of the lists of a group."""

    position = serializers.IntegerField(help_text="1 is in front.")
    shown = serializers.IntegerField()
    clicks = serializers.IntegerField()
    rate = serializers.FloatField(help_text="Clicks for each time that a product stood there.")


class MeasuredSumSerializer(Strict):
    """Of several groups of lists."""

    lists = serializers.IntegerField(help_text="Lists shown.")
    items = serializers.IntegerField(help_text="Products in them.")
    clicks = serializers.IntegerField(help_text="Products that were opened.")
    rate = serializers.FloatField(allow_null=True, help_text="Clicks for each list; null where none was shown.")


class MeasuredGroupSerializer(MeasuredSumSerializer):
    """Lists of one strategy in one slot, by one version."""

    strategy = serializers.CharField()
    slot = serializers.CharField(help_text='"" where a page itself shows them.')
    version = serializers.IntegerField(allow_null=True, help_text="Number of the version; null without one.")
    places = MeasuredPlaceSerializer(many=True)


class MeasuredSerializer(Strict):
    """What was shown and clicked."""

    after = serializers.DateTimeField()
    before = serializers.DateTimeField()
    whole = MeasuredSumSerializer()
    groups = MeasuredGroupSerializer(many=True)


class MeasuredView(StaffView):
    """The figures of the admin's page."""

    rights = {"GET": (VIEW_SHOWN,), "HEAD": (VIEW_SHOWN,)}

    @described(
        operation_id="measured",
        summary="What was shown and clicked",
        tags=["recommendations"],
        description=(
            "Recommended lists by strategy, slot and version, of the 30 days before `before` (now) unless `after` is given. "
            "A click counts for the list that was clicked, whenever that was. Needs the permission `view_shownlist`."
        ),
        parameters=[MeasuredAskedSerializer],
        responses=MeasuredSerializer,
        examples=[MEASURED],
    )
    def get(self, request: Request) -> Response:
        """Of the moments and groups that are asked for."""
        wanted = asked(request, MeasuredAskedSerializer)
        before = wanted.pop("before", None) or timezone.now()
        after = wanted.pop("after", None) or before - timedelta(days=DAYS)
        if after >= before:
            raise wrong_parameter("before", _("It ends before it begins."))
        rates = [one for one in click_rates(after, before) if all(getattr(one, name) == value for name, value in wanted.items())]
        found = {"after": after, "before": before, "whole": summed(rates), "groups": rates}
        return Response(MeasuredSerializer(found).data)
