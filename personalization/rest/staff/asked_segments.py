"""Segments by slug, as a variant asks for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from personalization.conf import conf
from personalization.content.loading import ASKED
from personalization.rest.staff.fields import Several
from segmentation.models import Segment


class AskedSegments(Several):
    """Read from what the variant asks for, written by `resolved` and `drafts.ask`; the field's name says how it asks."""

    def __init__(self, **said: Any) -> None:
        super().__init__(child=serializers.SlugField(max_length=80), **said)

    def get_attribute(self, instance: Any) -> list[str]:
        """Slugs."""
        how = ASKED[str(self.field_name)]
        return sorted(row.segment.slug for row in instance.asked.all() if row.ask == how)


def resolved(sent: Mapping[str, Any], names: Iterable[str] = tuple(ASKED), **states: Any) -> dict[str, list[Segment]]:
    """The shop's segments that these fields name, of those that were sent; one query.

    Raises ValidationError with a pointer to each that there is none of, or that is archived, as for the admin's form.
    """
    slugs = {name: sent[name] for name in names if name in sent}
    wanted = {slug for each in slugs.values() for slug in each}
    rows = Segment.objects.filter(shop=conf.shop, slug__in=wanted, **states).exclude(state=Segment.State.ARCHIVED)
    found = {segment.slug: segment for segment in rows.defer("definition")} if wanted else {}
    wrong: dict[str, Any] = {
        name: {place: [_("There is no such segment.")] for place, slug in enumerate(each) if slug not in found}
        for name, each in slugs.items()
    }
    if any(wrong.values()):
        raise serializers.ValidationError({name: places for name, places in wrong.items() if places}, code="unknown")
    return {name: [found[slug] for slug in each] for name, each in slugs.items()}
