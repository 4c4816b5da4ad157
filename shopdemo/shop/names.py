"""What the shop says of its categories; the data name them in English and describe no product."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

NAMES = (
    gettext_noop("Christmas"),
    gettext_noop("Jewellery & Accessories"),
    gettext_noop("Lighting & Candles"),
    gettext_noop("Garden & Outdoor"),
    gettext_noop("Bags & Travel"),
    gettext_noop("Party & Celebrations"),
    gettext_noop("Kitchen & Dining"),
    gettext_noop("Stationery & Gift Wrap"),
    gettext_noop("Toys & Crafts"),
    gettext_noop("Bath & Wellbeing"),
    gettext_noop("Cushions & Textiles"),
    gettext_noop("Pictures, Mirrors & Clocks"),
    gettext_noop("Storage & Boxes"),
    gettext_noop("Home Decoration"),
    gettext_noop("Other"),
)

BLURBS: Mapping[str, str | Promise] = {
    "christmas": _("Baubles, stockings and small surprises for the best weeks of the year."),
    "jewellery-accessories": _("Something that sparkles, for somebody who does."),
    "lighting-candles": _("Lanterns, tea lights and lamps for long evenings."),
    "garden-outdoor": _("For those who come in with muddy boots and a smile."),
    "bags-travel": _("Lunch bags, shoppers and everything that goes along."),
    "party-celebrations": _("Bunting up, candles lit: all that a feast needs."),
    "kitchen-dining": _("Tins, teacups and cake stands for a table that people stay at."),
    "stationery-gift-wrap": _("Paper, ribbon and cards: the first thing they see of a present."),
    "toys-crafts": _("Games and things to make, for small hands and big ones."),
    "bath-wellbeing": _("Warm, soft and fragrant: an evening off."),
    "cushions-textiles": _("Cushions, throws and quilts to sink into."),
    "pictures-mirrors-clocks": _("For the wall that has been waiting for something."),
    "storage-boxes": _("Tins, baskets and drawers that make tidying up a pleasure."),
    "home-decoration": _("Little things that make a house yours."),
    "other": _("What fits on no shelf and is too nice to leave out."),
}

DESCRIPTIONS: Mapping[str, str | Promise] = {
    "christmas": _("Comes out of its box year after year: sturdy enough for children's hands and too pretty to put away."),
    "jewellery-accessories": _("Made to be worn every day, and packed so that it can be given straight away."),
    "lighting-candles": _("Gives a warm, quiet light. Tea lights of the usual size fit; never leave a flame alone."),
    "garden-outdoor": _("At home between the beds and on the kitchen sill. Stands rain and sun; bring it in when it freezes."),
    "bags-travel": _("Light, hard-wearing and easily wiped clean; folds small when it is empty."),
    "party-celebrations": _("Put up in minutes, and kept for the next feast: too good for one day."),
    "kitchen-dining": _("For every day and for Sundays. Food-safe; to be washed by hand with a soft cloth."),
    "stationery-gift-wrap": _("Heavy paper and lively prints. Goes with everything else of its pattern."),
    "toys-crafts": _("For rainy afternoons, with or without help. Not for children under three: small parts."),
    "bath-wellbeing": _("A small luxury for the end of the day, and a present that always fits."),
    "cushions-textiles": _("Soft to the touch and strong in the seam. Cool wash, line dry, iron on the reverse."),
    "pictures-mirrors-clocks": _("Ready to hang. Looks well alone and better in company."),
    "storage-boxes": _("Holds more than one thinks, and looks well on an open shelf."),
    "home-decoration": _("Found a place in our own homes first. No two rooms wear it alike."),
    "other": _("A bit of everything, chosen with the same care."),
}

_PIECES = re.compile(r"\b(?:SET|PACK|BOX)(?: OF|/| )\s*(\d+)\b|\b(\d+) (?:PIECE|PC)S?\b")


def category_name(name: str) -> str:
    """The category's name in the page's language; one that the owner added is called as she called it."""
    return gettext(name) if name else ""


def pieces_of(title: str) -> int:
    """How many pieces the title promises ("SET OF 3"); 1 if it says nothing."""
    match = _PIECES.search(title.upper())
    return int(match[1] or match[2]) if match else 1
