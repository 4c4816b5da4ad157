"""What they use to reach the shop."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from segmentation.facts.family import Family, FamilyWords, Words

WORDS = FamilyWords(
    Family.TECHNOGRAPHIC,
    _("Technographic"),
    _("What customers use to reach the shop."),
    {
        "orders.channel": Words(_("channel"), _("The way by which the order came, such as web, app or shop.")),
        "orders.device": Words(_("device"), _("What the order was placed with, such as a phone.")),
    },
)
