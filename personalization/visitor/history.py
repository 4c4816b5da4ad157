"""What somebody did here before."""

from __future__ import annotations

from django.db.models import Q

from personalization.conf import conf
from personalization.visitor.person import harmless
from personalization.visitor.viewed import latest
from segmentation.activity import Kind
from segmentation.models import Activity

LOOKED_BACK = 50
"""Views that are read; of somebody who went back and forth between a few products they name only these."""


def last_viewed(customer: str, visitor_id: str) -> tuple[str, ...]:
    """Ids of the products they looked at last, as a customer or in this browser, the last in front. One query."""
    whose = Q(customer=customer) if customer else Q(visitor=visitor_id, customer="")
    if customer and visitor_id:
        whose |= Q(visitor=visitor_id)
    if not customer and not visitor_id:
        return ()
    views = Activity.objects.filter(whose, shop=conf.shop, kind=Kind.VIEW).exclude(product_id="").order_by("-at", "-pk")
    with harmless():
        return latest(views.values_list("product_id", flat=True)[:LOOKED_BACK])
