"""Products as a front draws them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from rest_framework import serializers

from personalization.conf import conf
from personalization.recommend.serving.serve import Recommended

if TYPE_CHECKING:
    from personalization.recommend.product import Product

EXAMPLE = {
    "id": "7",
    "title": "Red lantern",
    "url": "/product/7/red-lantern/",
    "image": "/art/product/7.svg",
    "price": "12.50",
    "currency": "GBP",
    "price_text": "12.50\u00a0GBP",
    "position": 1,
    "reason": "Because you bought Blue lantern",
    "source": "for_you",
}


class ShownProductSerializer(serializers.Serializer[Any]):
    """A product. `position`, `reason` and `source` are of recommended ones, null of those that the owner chose."""

    id = serializers.CharField()
    title = serializers.CharField()
    url = serializers.CharField(allow_null=True, help_text="Relative to the shop's own address, unless the shop says more.")
    image = serializers.CharField(allow_null=True, help_text="Likewise.")
    price = serializers.CharField(allow_null=True, help_text="A decimal number in whole units, to reckon with.")
    currency = serializers.CharField(help_text="ISO 4217 code of the price: the shop's.")
    price_text = serializers.CharField(allow_null=True, help_text="The price as the language of the answer writes it.")
    position = serializers.IntegerField(allow_null=True, help_text="Its place in the list, 1 in front; clicks are told by it.")
    reason = serializers.CharField(allow_null=True, help_text="Why it is recommended, said to the customer.")
    source = serializers.CharField(  # type: ignore[assignment]  # a name that DRF has for another thing
        allow_null=True, help_text="The strategy that it came from."
    )


def said_of_product(one: Product | Recommended) -> dict[str, Any]:
    """As JSON says it."""
    recommended = one if isinstance(one, Recommended) else None
    return {
        "id": one.id,
        "title": one.title,
        "url": one.url or None,
        "image": one.image or None,
        "price": None if one.price is None else f"{Decimal(str(one.price)):f}",
        "currency": conf.base_currency,
        "price_text": one.price_text or None,
        "position": recommended.position if recommended else None,
        "reason": recommended.reason if recommended else None,
        "source": recommended.source if recommended else None,
    }
