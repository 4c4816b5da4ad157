"""Names of seasons and devices in the reader's language."""

from __future__ import annotations

from django.utils import dates
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

SEASONS: dict[str, str | Promise] = {
    "spring": _("spring"),
    "summer": _("summer"),
    "autumn": _("autumn"),
    "winter": _("winter"),
    "wet": _("rainy season"),
    "dry": _("dry season"),
}

DEVICES: dict[str, str | Promise] = {
    "phone": _("phone"),
    "tablet": _("tablet"),
    "desktop": _("computer"),
    "other": pgettext_lazy("device", "other"),
}

KINDS: dict[str, str | Promise] = {
    "new": pgettext_lazy("visitor", "new here"),
    "returning": pgettext_lazy("visitor", "been here before"),
    "member": pgettext_lazy("visitor", "logged in"),
}

WEEKDAYS: dict[int, str | Promise] = {day + 1: name for day, name in dates.WEEKDAYS.items()}
"""As Django calls them: its catalogue comes after ours, so words of our own would stand in the shop's dates too."""


def season_name(season: str | None) -> str:
    """ "" where there is none."""
    return str(SEASONS.get(season or "", ""))
