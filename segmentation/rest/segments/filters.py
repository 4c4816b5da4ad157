"""Which segments are listed."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django_filters import rest_framework as filters

from segmentation.models import Segment
from segmentation.rest.base.filters import YesNoFilter


class SegmentFilters(filters.FilterSet):  # type: ignore[misc]
    """`?state=live&search=loyal&is_published=true`; several states are alternatives."""

    state = filters.MultipleChoiceFilter(choices=Segment.State.choices, help_text="One state or several.")
    search = filters.CharFilter(method="with_words", max_length=200, help_text="In name, slug and description.")
    is_published = YesNoFilter(help_text="Told to storefronts.")

    class Meta:
        model = Segment
        fields = ["state", "search", "is_published"]

    def with_words(self, rows: QuerySet[Segment], name: str, words: str) -> QuerySet[Segment]:
        """The words as they stand, whatever their case."""
        return rows.filter(Q(name__icontains=words) | Q(slug__icontains=words) | Q(description__icontains=words))
