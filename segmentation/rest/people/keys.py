"""Profile keys in addresses: they have a colon, and whatever else the shop's customer ids have, slashes too."""

from __future__ import annotations

import re

from django.http import Http404
from django.urls import register_converter

from segmentation.conf import conf
from segmentation.models import Profile

BELOW = ("segments", "timeline", "scores", "consents", "merges")
"""Resources of one person, by their last word."""

_UNSAFE = re.compile(rf"//|/\.{{1,2}}(/|$)|/$|/({'|'.join(BELOW)})$|/explain/[^/]+$|/merges/[^/]+/undo$")
"""Keys that would be read as another address, or rewritten by a server on the way."""


class KeyConverter:
    """A key percent-encoded once, as every client does it by itself.

    Servers decode it before Django sees it. A key that would be read as another address then has its slashes encoded twice.
    """

    regex = r"(?s:.+)"

    def to_python(self, value: str) -> str:
        """As it stands; `profile_with` knows both spellings."""
        return value

    def to_url(self, value: str) -> str:
        """To be percent-encoded by Django once more."""
        return value.replace("/", "%2F") if _UNSAFE.search(value) else value


register_converter(KeyConverter, "regulars_key")


def profile_with(key: str) -> Profile:
    """The shop's profile of the key that stands in an address, with what it is merged into. Raises Http404 if there is none."""
    spellings = dict.fromkeys([key, key.replace("%2F", "/").replace("%2f", "/")])
    found = {
        profile.key: profile
        for profile in Profile.objects.filter(shop=conf.shop, key__in=spellings).select_related("merged_into")
    }
    profile = next((found[spelling] for spelling in spellings if spelling in found), None)
    if profile is None:
        raise Http404
    return profile
