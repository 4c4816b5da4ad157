"""`profiles/{key}/timeline/`: what happened to somebody, as one list by time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response

from segmentation.membership.story import activity_of, consents_of, journal_of, merges_of
from segmentation.models import Profile
from segmentation.profiles.masks import VIEW_EMAIL
from segmentation.rest.base.moments import MomentField
from segmentation.rest.base.problems import wrong_parameter
from segmentation.rest.base.schema import described
from segmentation.rest.people.examples import TIMELINE
from segmentation.rest.people.happened import (
    HAPPENED,
    SERIALIZERS,
    activity_data,
    consent_data,
    merge_data,
    segment_data,
)
from segmentation.rest.people.parameters import KEY
from segmentation.rest.people.person import PersonViewSet
from segmentation.rest.people.rights import VIEW_PROFILE
from segmentation.rest.people.strands import Strand, StrandPages

KINDS = OpenApiParameter(
    "kind",
    OpenApiTypes.STR,
    OpenApiParameter.QUERY,
    many=True,
    enum=list(SERIALIZERS),
    description="Only what is of this kind; may come several times.",
)
AFTER = OpenApiParameter("after", OpenApiTypes.DATETIME, OpenApiParameter.QUERY, description="What happened then or later.")
BEFORE = OpenApiParameter("before", OpenApiTypes.DATETIME, OpenApiParameter.QUERY, description="What happened before then.")


class TimelineViewSet(PersonViewSet):
    """What happened to one person."""

    rights = {"list": (VIEW_PROFILE,)}
    queryset = Profile.objects.none()  # for the schema
    pagination_class = StrandPages

    @described(
        operation_id="profiles_timeline_list",
        summary="What happened to a person",
        description=(
            "Segments entered and left, receipts of consent, merges, and what the person did on the storefront, "
            "the latest first. What was done under profiles that turned out to be the person is there too. "
            "Search words need the permission `view_email`. Needs the permission `view_profile`."
        ),
        parameters=[KEY, KINDS, AFTER, BEFORE],
        responses=HAPPENED,
        examples=TIMELINE,
        filters=True,
    )
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """A page."""
        strands = _strands(self.profile, request.user.has_perm(VIEW_EMAIL), set(_kinds(request)), *_times(request))
        pages = StrandPages()
        rows = pages.paginate_strands(strands, request)
        return pages.get_paginated_response([SERIALIZERS[row["kind"]](row).data for row in rows])


def _strands(
    profile: Profile, may_see_words: bool, kinds: set[str], after: datetime | None, before: datetime | None
) -> list[Strand]:
    """Each of them always in its place: cursors name it by number."""
    rows: dict[str, QuerySet[Any]] = {
        "segment": journal_of(profile),
        "consent": consents_of(profile),
        "merge": merges_of(profile),
    }
    if "activity" in kinds:
        rows["activity"] = activity_of([profile, *profile.parts.all()])
    show: dict[str, Callable[[Any], dict[str, Any]]] = {
        "segment": segment_data,
        "consent": consent_data,
        "merge": merge_data,
        "activity": partial(activity_data, may_see_words=may_see_words),
    }
    where = {name: moment for name, moment in (("at__gte", after), ("at__lt", before)) if moment}
    wanted = {name: found.filter(**where) if name in kinds else found.none() for name, found in rows.items()}
    return [Strand(name, found, show[name]) for name, found in wanted.items()]


def _kinds(request: Request) -> Iterable[str]:
    asked = request.query_params.getlist("kind")
    if not SERIALIZERS.keys() >= set(asked):
        said = {"kinds": ", ".join(SERIALIZERS)}
        raise wrong_parameter("kind", _("There is no such kind; there are: %(kinds)s.") % said)
    return asked or SERIALIZERS


def _times(request: Request) -> list[datetime | None]:
    found = []
    for name in ("after", "before"):
        try:
            found.append(MomentField(required=False).clean(request.query_params.get(name, "")))
        except ValidationError as error:
            raise wrong_parameter(name, " ".join(error.messages)) from error
    return found
