"""Variants that ask for a segment: it can neither be deleted nor taken away under them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from personalization.models import Variant


def uses_of(shop: str, slug: str) -> list[str]:
    """The variants that ask for the shop's segment, each as the owner knows it; one query."""
    asking = Variant.objects.filter(asked__segment__shop=shop, asked__segment__slug=slug).select_related("slot").distinct()
    return [
        _("the variant “%(variant)s” of the slot “%(slot)s”") % {"variant": variant.name, "slot": variant.slot.name}
        for variant in asking.order_by("slot__name", "name")
    ]
