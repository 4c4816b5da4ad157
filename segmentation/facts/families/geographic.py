"""Where they are."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from segmentation.facts.family import Family, FamilyWords, Words

WORDS = FamilyWords(
    Family.GEOGRAPHIC,
    _("Geographic"),
    _("Where customers live, where their orders go, and where they look from."),
    {
        "customer.country": Words(_("country"), _("Where the customer lives.")),
        "customer.region": Words(_("region"), _("The state, county or province where the customer lives.")),
        "customer.city": Words(_("city"), _("Where the customer lives.")),
        "orders.country": Words(_("country"), _("Where the order went.")),
        "events.country": Words(_("country"), _("Where the customer was.")),
    },
)
