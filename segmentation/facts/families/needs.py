"""What they want."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from segmentation.facts.family import Family, FamilyWords, Words

WORDS = FamilyWords(
    Family.NEEDS,
    _("Needs"),
    _("What customers wish for, and whether the shop has it."),
    {
        "wishlist_items.customer": Words(_("customer")),
        "wishlist_items.product_id": Words(_("product"), _("The code of the product that is wished for.")),
        "wishlist_items.added_at": Words(_("date of the wish"), _("When the product was put on the list.")),
        "products.active": Words(_("for sale"), _("Whether it is for sale.")),
        "products.stock": Words(_("stock"), _("How many pieces the shop has.")),
        "products.created_at": Words(_("date of arrival"), _("Since when the shop has the product.")),
    },
)
