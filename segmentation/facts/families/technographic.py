"""What they use to reach the shop."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from segmentation.facts.family import Family, FamilyWords, Words

WORDS = FamilyWords(
    Family.TECHNOGRAPHIC,
    _("Technographic"),
    _("What customers use to reach the shop, and by which way they come."),
    {
        "orders.channel": Words(_("channel"), _("The way by which the order came, such as web, app or shop.")),
        "orders.device": Words(_("device"), _("What the order was placed with, such as a phone.")),
        "events.device": Words(_("device"), _("What the customer used, such as a phone, a tablet or a desktop.")),
        "events.channel": Words(_("channel"), _("The way by which the customer came, such as e-mail, search or social.")),
        "events.referrer": Words(_("referring site"), _("The site on which the customer followed a link, such as example.org.")),
        "events.utm_source": Words(_("UTM source"), _("Who sent the customer, as the link says.")),
        "events.utm_medium": Words(_("UTM medium"), _("The sort of link, as the link says.")),
        "events.utm_campaign": Words(_("UTM campaign"), _("The campaign that the link belongs to.")),
    },
)
