"""What somebody did here before."""

from __future__ import annotations

from django.db.models import Q

from personalization.conf import conf
from personalization.visitor.person import harmless
from segmentation.activity import Kind
from segmentation.models import Activity


def last_viewed(customer: str, visitor_id: str) -> str:
    """Id of the product they looked at last, as a customer or in this browser; "" without one. One query."""
    whose = Q(customer=customer) if customer else Q(visitor=visitor_id, customer="")
    if customer and visitor_id:
        whose |= Q(visitor=visitor_id)
    if not customer and not visitor_id:
        return ""
    views = Activity.objects.filter(whose, shop=conf.shop, kind=Kind.VIEW).exclude(product_id="").order_by("-at", "-pk")
    with harmless():
        return views.values_list("product_id", flat=True).first() or ""
