"""What the front's page is about and has at hand, as it says in the address."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from rest_framework import serializers

from personalization.content.at_hand import LONGEST_QUERY, AtHand
from personalization.recommend.serving.page import shown_on

MOST_IDS = 100
_ID = r"[^\u0000-\u0020\u007f-\u00a0,]{1,100}"
"""No blanks and no controls; written so that it means the same in the document as here."""


class IdsField(serializers.ListField):
    """Ids of products: the name several times, or commas between them."""

    child = serializers.RegexField(rf"^{_ID}(,{_ID})*$", max_length=5_000)

    def to_internal_value(self, data: Any) -> tuple[str, ...]:  # type: ignore[override]
        """Each once."""
        ids = tuple(dict.fromkeys(name for text in super().to_internal_value(data) for name in text.split(",") if name))
        if len(ids) > MOST_IDS:
            raise serializers.ValidationError(_("These are more than %(count)d.") % {"count": MOST_IDS}, "too-many")
        return ids


class AtHandSerializer(serializers.Serializer[Any]):
    """All of it may be left out."""

    product = IdsField(required=False, help_text="Id of the product that the page is about.")
    basket = IdsField(required=False, help_text="Ids of what lies in the cart.")
    wishes = IdsField(required=False, help_text="Ids of what is on the wishlist.")
    without = IdsField(required=False, help_text="Ids of what the page shows already: none of it is recommended.")
    query = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST_QUERY, help_text="What was searched for.")
    missing = serializers.RegexField(
        r"^(\d{1,9}(\.\d{1,4})?)?$",
        required=False,
        allow_blank=True,
        help_text="What the cart lacks for free delivery, in the shop's currency.",
    )
    language = serializers.CharField(
        required=False, allow_blank=True, help_text="Instead of `Accept-Language`: the shop's nearest is taken."
    )


def at_hand_of(sent: Mapping[str, Any], now: datetime, request: HttpRequest) -> AtHand:
    """Of what was sent, validated. What the page shows already is noted on the request."""
    shown_on(request).update(sent.get("without", ()))
    return AtHand(
        now=now,
        page=request,
        product=sent.get("product", ()),
        basket=sent.get("basket", ()),
        wishes=sent.get("wishes", ()),
        query=sent.get("query", ""),
        missing=Decimal(sent["missing"]) if sent.get("missing") else None,
    )
