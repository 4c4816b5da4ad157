"""What they like, as far as it shows."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from segmentation.facts.family import Family, FamilyWords, Words

WORDS = FamilyWords(
    Family.PSYCHOGRAPHIC,
    _("Psychographic"),
    _("What customers like and agree to: the sorts of products they take to, and their consent to be written to."),
    {
        "customer.accepts_email": Words(_("consent to e-mail"), _("Whether the customer agreed to get newsletters.")),
        "products.product_id": Words(_("id")),
        "products.parent_id": Words(_("main product")),
        "products.title": Words(_("title"), _("What the product is called.")),
        "products.category": Words(_("category"), _("Where the shop puts the product.")),
        "products.brand": Words(_("brand"), _("Who makes the product.")),
        "products.url": Words(_("address"), _("The page of the product.")),
        "products.image": Words(_("picture"), _("The picture of the product.")),
    },
)
