"""How people are found."""

from __future__ import annotations

from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from segmentation.conf import conf
from segmentation.errors import RegularsError, SegmentError
from segmentation.membership.read import person_called
from segmentation.models import Membership, Profile, Segment
from segmentation.rest.base.moments import MomentFilter
from segmentation.rest.people.rights import VIEW_MEMBERSHIP

WORD = {"true": True, "false": False, "unknown": None}


def _email(value: str) -> None:
    if "@" not in value:
        raise ValidationError(_("This is no e-mail address."))


class ProfileFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Every filter narrows; a name that nobody has finds nobody."""

    search = django_filters.CharFilter(
        method="by_name", label="A key, the beginning of a customer id, or a whole e-mail, as the admin's search has it."
    )
    key = django_filters.CharFilter(label="The whole key.")
    customer_id = django_filters.CharFilter(label="The whole customer id, as the shop gives it.")
    email = django_filters.CharFilter(
        method="by_email",
        validators=[_email],
        label="The whole e-mail of an account or a guest; accounts' are asked of the shop.",
    )
    kind = django_filters.ChoiceFilter(choices=Profile.Kind.choices, label="How the person is known.")
    segment = django_filters.CharFilter(
        method="in_segment", label="Slug of a segment that the person is in; needs the permission `view_membership` too."
    )
    profiling = django_filters.ChoiceFilter(
        method="by_word", choices=[(word, word) for word in WORD], label="The last word on profiling."
    )
    is_present = django_filters.BooleanFilter(method="by_presence", label="Whether the shop knows the person by this profile.")
    created_after = MomentFilter(field_name="created_at", lookup_expr="gte", label="Known since then or later.")
    created_before = MomentFilter(field_name="created_at", lookup_expr="lt", label="Known since before then.")
    seen_after = MomentFilter(field_name="seen_at", lookup_expr="gte", label="Last seen then or later.")
    seen_before = MomentFilter(field_name="seen_at", lookup_expr="lt", label="Last seen before then.")

    class Meta:
        model = Profile
        fields: list[str] = []

    def by_name(self, queryset: QuerySet[Profile], name: str, value: str) -> QuerySet[Profile]:
        """Whom the words name."""
        return queryset.filter(Q(pk=_named(value)) | Q(customer_id__startswith=value))

    def by_email(self, queryset: QuerySet[Profile], name: str, value: str) -> QuerySet[Profile]:
        """Raises SourceError where the shop, which is asked for accounts' e-mails, cannot answer: nobody is no answer then."""
        try:
            return queryset.filter(pk=person_called(value).pk)
        except SegmentError:
            return queryset.none()

    def in_segment(self, queryset: QuerySet[Profile], name: str, value: str) -> QuerySet[Profile]:
        """Members of a segment of the shop. Raises PermissionDenied: who is in it, not everybody who sees people may list."""
        if not self.request.user.has_perm(VIEW_MEMBERSHIP):
            raise PermissionDenied
        segments = Segment.objects.filter(shop=conf.shop, slug=value)
        return queryset.filter(pk__in=Membership.objects.filter(segment__in=segments).values("profile"))

    def by_word(self, queryset: QuerySet[Profile], name: str, value: str) -> QuerySet[Profile]:
        """Unknown is a word of its own."""
        return queryset.filter(profiling=WORD[value])

    def by_presence(self, queryset: QuerySet[Profile], name: str, value: bool) -> QuerySet[Profile]:
        """Neither gone nor merged into another."""
        is_present: Any = Q(gone_at=None, merged_into=None)
        return queryset.filter(is_present if value else ~is_present)


def _named(term: str) -> int | None:
    """Whom the words name; nobody where the shop cannot answer, since a key or an id need not ask it."""
    try:
        return person_called(term).pk
    except RegularsError:
        return None
