"""What stands in a timeline, as data: the rows that the admin shows of a person."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema_field
from rest_framework import serializers

from segmentation.models import Activity, Cause, Consent, JournalEntry, MergeCause, ProfileMerge, Purpose
from segmentation.profiles.consents import word
from segmentation.rest.base.strict import Strict


def only(word: str) -> serializers.CharField:
    """A field that always has this word, by which what it stands in is told from others."""
    # Of a class of its own: what is said of DRF's would be said of every text.
    field = extend_schema_field({"type": "string", "const": word})(type("WordField", (serializers.CharField,), {}))
    made: serializers.CharField = field()
    return made


class SegmentNameSerializer(Strict):
    """A segment by its names."""

    slug = serializers.CharField()
    name = serializers.CharField()


class SegmentHappenedSerializer(Strict):
    """Somebody entered or left a segment."""

    kind = only("segment")
    at = serializers.DateTimeField()
    entered = serializers.BooleanField(help_text="Or left.")
    segment = SegmentNameSerializer()
    cause = serializers.ChoiceField(choices=Cause.choices)
    version = serializers.IntegerField(help_text="Of the segment's definition.")


class ConsentHappenedSerializer(Strict):
    """Somebody said yes or no."""

    kind = only("consent")
    at = serializers.DateTimeField()
    purpose = serializers.ChoiceField(choices=Purpose.choices)
    granted = serializers.BooleanField(
        allow_null=True, help_text="Null where a word that a merge had brought was taken back with it."
    )
    method = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]
    notice_version = serializers.CharField()


class MergeHappenedSerializer(Strict):
    """A profile was found to be another."""

    kind = only("merge")
    at = serializers.DateTimeField()
    id = serializers.IntegerField(help_text="By which it is undone.")
    source = serializers.CharField(help_text="Key of the profile that turned out to be `target`.")  # type: ignore[assignment]
    target = serializers.CharField()
    cause = serializers.ChoiceField(choices=MergeCause.choices)
    by = serializers.CharField(allow_null=True, help_text="Who of the staff said so.")
    undone_at = serializers.DateTimeField(allow_null=True)


class ActivityHappenedSerializer(Strict):
    """Somebody did something on the storefront; a text that is not known is empty."""

    kind = only("activity")
    at = serializers.DateTimeField()
    deed = serializers.CharField(help_text="Such as `view` or `add_to_cart`.")
    product_id = serializers.CharField()
    category = serializers.CharField()
    query = serializers.CharField(allow_null=True, help_text="Search words; null without the permission `view_email`.")
    channel = serializers.CharField()
    device = serializers.CharField()
    utm_campaign = serializers.CharField()


SERIALIZERS: dict[str, Any] = {
    "segment": SegmentHappenedSerializer,
    "consent": ConsentHappenedSerializer,
    "merge": MergeHappenedSerializer,
    "activity": ActivityHappenedSerializer,
}
"""By the kind of what happened."""

HAPPENED = PolymorphicProxySerializer("Happened", SERIALIZERS, resource_type_field_name="kind")


def segment_data(entry: JournalEntry) -> dict[str, Any]:
    """Of an entry of the journal, with its segment."""
    return {"entered": entry.entered, "segment": entry.segment, "cause": entry.cause, "version": entry.version}


def consent_data(receipt: Consent) -> dict[str, Any]:
    """Of a receipt."""
    named = {name: getattr(receipt, name) for name in ("purpose", "method", "source", "notice_version")}
    return {**named, "granted": word(receipt)}


def merge_data(merge: ProfileMerge) -> dict[str, Any]:
    """Of a merge, with both profiles."""
    by = merge.by.get_username() if merge.by else None
    keys = {"source": merge.source.key, "target": merge.target.key}
    return {"id": merge.pk, **keys, "cause": merge.cause, "by": by, "undone_at": merge.undone_at}


def activity_data(deed: Activity, *, may_see_words: bool) -> dict[str, Any]:
    """Of a deed."""
    named = {name: getattr(deed, name) for name in ("product_id", "category", "channel", "device", "utm_campaign")}
    return {"deed": deed.kind, "query": deed.query if may_see_words else None, **named}
