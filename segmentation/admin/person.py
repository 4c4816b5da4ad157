"""What a profile's page shows beside its columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.template.defaultfilters import date
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from segmentation.admin.figures import NOT_KNOWN
from segmentation.admin.links import to_segment, why
from segmentation.admin.tables import Table
from segmentation.conf import conf
from segmentation.membership.read import segments_of
from segmentation.membership.story import journal_of
from segmentation.models import Membership, Override, Profile, Segment

LATEST = 50
"""So many entries of the journal are shown."""


def person_tables(profile: Profile) -> list[Table]:
    """The segments a person is in and those she is not, with the owner's word, and the latest of the journal; four queries."""
    memberships = list(segments_of(profile))
    words = {said.segment_id: word_text(said) for said in Override.objects.filter(profile=profile)}
    others = Segment.objects.evaluated(conf.shop).exclude(pk__in=[row.segment_id for row in memberships]).order_by("name")
    return [_inside(memberships, words), _outside(profile, list(others), words), _journal(profile)]


def word_text(said: Override) -> str:
    """What the owner said, in two words."""
    return _("always in") if said.included else _("never in")


def _inside(memberships: Sequence[Membership], words: Mapping[int, str]) -> Table:
    rows = [
        (
            to_segment(row.segment),
            _when(row.since),
            words.get(row.segment_id, NOT_KNOWN),
            why(row.profile_id, row.segment_id, _("Why?")),
        )
        for row in memberships
    ]
    headings = (_("Segment"), _("Since"), _("By hand"), _("Reason"))
    return Table("segments", _("In these segments"), headings, rows, empty=_("In no segment."))


def _outside(profile: Profile, segments: Sequence[Segment], words: Mapping[int, str]) -> Table:
    rows = [
        (to_segment(segment), words.get(segment.pk, NOT_KNOWN), why(profile.pk, segment.pk, _("Why not?")))
        for segment in segments
    ]
    headings = (_("Segment"), _("By hand"), _("Reason"))
    said_here = any(segment.pk in words for segment in segments)
    return Table("other-segments", _("Not in these segments"), headings, rows, is_folded=not said_here)


def _journal(profile: Profile) -> Table:
    entries = journal_of(profile).order_by("-pk")
    rows = [
        (
            _when(entry.at),
            _("entered") if entry.entered else _("left"),
            to_segment(entry.segment),
            entry.get_cause_display(),
            entry.version,
        )
        for entry in entries[:LATEST]
    ]
    headings = (_("When"), _("What"), _("Segment"), _("Cause"), _("Version"))
    note = _("The latest %(count)d.") % {"count": LATEST} if len(rows) == LATEST else ""
    return Table("journal", _("Journal"), headings, rows, empty=_("No segment was entered or left."), note=note)


def _when(moment: datetime) -> str:
    return date(localtime(moment), "DATETIME_FORMAT")
