"""Links from one page of ours to another, by id."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from segmentation.models import Profile, Segment


@dataclass(frozen=True, slots=True)
class Tool:
    """A button at the top of a page."""

    text: str
    address: str


_PAGE = "admin:regulars_segmentation_%s"


def page(name: str, *args: Any, **query: Any) -> str:
    """The address of one of our admin pages: `page("membership_changelist", segment__id__exact=3)`."""
    address = reverse(_PAGE % name, args=args)
    return f"{address}?{urlencode(query)}" if query else address


def link(address: str, text: str) -> SafeString:
    """An anchor."""
    return format_html('<a href="{}">{}</a>', address, text)


def to_profile(profile: Profile) -> SafeString:
    """A profile's key, leading to its page."""
    return link(page("profile_change", profile.pk), profile.key)


def to_segment(segment: Segment) -> SafeString:
    """A segment's name, leading to its page."""
    return link(page("segment_change", segment.pk), segment.name)


def why(profile_id: int, segment_id: int, text: str) -> SafeString:
    """Leads to why a person is in a segment or not."""
    return link(page("profile_why", profile_id, segment_id), text)
