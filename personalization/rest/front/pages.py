"""The page of a front that a call speaks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.http import QueryDict
from django.utils.translation import gettext as _
from rest_framework import serializers

from segmentation.rest.base.strict import Strict

LONGEST = 2_000


class FrontPageSerializer(Strict):
    """Where whoever is on the front is, and where they came from."""

    page = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=LONGEST,
        help_text="Path and query of the front's page, or its whole address.",
    )
    came_from = serializers.CharField(
        required=False, allow_blank=True, max_length=LONGEST, help_text="`document.referrer` of that page."
    )

    def validate_page(self, said: str) -> str:
        """An address."""
        return _address(said)

    def validate_came_from(self, said: str) -> str:
        """An address."""
        return _address(said)


@dataclass(frozen=True, slots=True)
class Page:
    """A page's path and query, and the address that led to it."""

    path: str
    query: Mapping[str, str]
    came_from: str

    @classmethod
    def of(cls, sent: Mapping[str, Any]) -> Page:
        """Of what a body says, validated."""
        address = urlsplit(sent.get("page", ""))
        return cls(address.path[:200], QueryDict(address.query), sent.get("came_from", ""))


def _address(said: str) -> str:
    try:
        urlsplit(said)
        QueryDict(urlsplit(said).query)
    except ValueError:
        raise serializers.ValidationError(_("This is no address."), "address") from None
    return said
