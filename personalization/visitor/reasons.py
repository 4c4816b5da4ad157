"""Why somebody sees what they see, in words for them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from personalization.conf import conf


class Ground(StrEnum):
    """What a choice of content was made by."""

    SEGMENT = "segment"
    COUNTRY = "country"
    REGION = "region"
    SEASON = "season"
    HOLIDAY = "holiday"
    DEVICE = "device"
    KIND = "kind"
    HOURS = "hours"
    LANGUAGE = "language"


SENTENCES: Mapping[str, Promise] = {
    Ground.COUNTRY: gettext_lazy("It is for visitors from your country."),
    Ground.REGION: gettext_lazy("It is for visitors from your region."),
    Ground.SEASON: gettext_lazy("It fits the season where you are."),
    Ground.HOLIDAY: gettext_lazy("It fits a holiday where you are."),
    Ground.DEVICE: gettext_lazy("It fits the kind of device you use."),
    Ground.KIND: gettext_lazy("It depends on whether you are new here, have been here before, or are logged in."),
    Ground.HOURS: gettext_lazy("It is shown at this time of day."),
    Ground.LANGUAGE: gettext_lazy("It is for readers of this language."),
}
"""What each comes to, apart from segments."""


def because(grounds: Collection[str], segments: Collection[str] = ()) -> tuple[str, ...]:
    """Sentences for what made the choice: grounds (what is none is left out), and the slugs of segments that it asked for.

    The owner's names of segments are not for customers ("about to leave"); SEGMENT_NAMES has those that are.
    """
    said = [str(SENTENCES[ground]) for ground in Ground if ground in grounds and ground in SENTENCES]
    named = [str(conf.segment_names[slug]) for slug in segments if slug in conf.segment_names]
    told = [_("You belong to: %(segment)s.") % {"segment": name} for name in sorted(named)]
    if len(named) < len(segments):
        told.append(_("It depends on what you ordered or looked at in this shop."))
    return (*told, *said)
