"""What a profile's page shows of who somebody is, what they agreed to and what they did."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.template.defaultfilters import date
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from segmentation.admin.figures import NOT_KNOWN
from segmentation.admin.links import link, page, to_profile
from segmentation.admin.tables import Table
from segmentation.membership.story import activity_of, consents_of, merges_of
from segmentation.models import Consent, Profile, ProfileMerge, Purpose
from segmentation.profiles.consents import UNDO

LATEST = 50
"""So many receipts and deeds are shown."""


def story_tables(profile: Profile, *, may_undo: bool) -> list[Table]:
    """Merges, receipts of consent, and the latest activity; four queries at most."""
    parts = list(Profile.objects.filter(merged_into=profile))
    return [_merges(profile, may_undo), _consents(profile), _activity([profile, *parts])]


def _merges(profile: Profile, may_undo: bool) -> Table:
    rows = [
        (
            _when(entry.at),
            to_profile(entry.source),
            to_profile(entry.target),
            entry.get_cause_display(),
            entry.by or NOT_KNOWN,
            _end(entry, may_undo),
        )
        for entry in merges_of(profile).order_by("-pk")
    ]
    headings = (_("When"), _("Profile"), _("Turned out to be"), _("Cause"), _("By"), _("Undone"))
    return Table(
        "merges", _("Who they turned out to be"), headings, rows, empty=_("Nobody else, and nobody was found to be them.")
    )


def _end(entry: ProfileMerge, may_undo: bool) -> str | SafeString:
    if entry.undone_at:
        return _when(entry.undone_at)
    return link(page("profile_undo_merge", entry.pk), _("Undo…")) if may_undo else NOT_KNOWN


def _consents(profile: Profile) -> Table:
    said = consents_of(profile).order_by("-pk")[:LATEST]
    purposes = dict(Purpose.choices)
    rows = [
        (
            _when(receipt.at),
            purposes.get(receipt.purpose, receipt.purpose),
            _word(receipt),
            receipt.method,
            receipt.source,
            receipt.notice_version or NOT_KNOWN,
        )
        for receipt in said
    ]
    headings = (_("When"), _("Purpose"), _("Word"), _("How"), _("Where"), _("Notice"))
    return Table("consents", _("What they agreed to"), headings, rows, empty=_("Nothing was said: no consent."), note=_cut(rows))


def _word(receipt: Consent) -> str:
    if receipt.method == UNDO:
        return _("taken back with a merge")
    return _("granted") if receipt.granted else _("withdrawn")


def _activity(people: Sequence[Profile]) -> Table:
    deeds = activity_of(people).order_by("-at", "-pk")[:LATEST]
    rows = [
        (
            _when(deed.at),
            deed.kind,
            deed.product_id or deed.category or NOT_KNOWN,
            deed.channel or NOT_KNOWN,
            deed.device or NOT_KNOWN,
            deed.utm_campaign or NOT_KNOWN,
        )
        for deed in deeds
    ]
    headings = (_("When"), _("What"), _("Product or category"), _("Channel"), _("Device"), _("Campaign"))
    empty = _("Nothing was recorded.")
    return Table("activity", _("What they did"), headings, rows, empty=empty, note=_cut(rows), is_folded=bool(rows))


def _cut(rows: Sequence[object]) -> str:
    return _("The latest %(count)d.") % {"count": LATEST} if len(rows) == LATEST else ""


def _when(moment: datetime) -> str:
    return date(localtime(moment), "DATETIME_FORMAT")
