"""What a segment's definition was, newest first."""

from __future__ import annotations

from django.template.defaultfilters import date
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from segmentation.admin.definitions import written
from segmentation.admin.figures import NOT_KNOWN
from segmentation.admin.tables import Table
from segmentation.models import Segment, SegmentVersion

SHOWN = 20
"""So many versions are shown."""


def versions_table(segment: Segment) -> Table:
    """The latest versions: number, date, who, text; one query."""
    versions = SegmentVersion.objects.filter(segment=segment).select_related("created_by").order_by("-number")[:SHOWN]
    rows = [
        (
            version.number,
            date(localtime(version.created_at), "DATETIME_FORMAT"),
            version.created_by or NOT_KNOWN,
            format_html('<div class="regulars-text">{}</div>', written(version.definition).text),
        )
        for version in versions
    ]
    return Table("versions", _("Versions"), (_("Number"), _("Date"), _("By"), _("Definition")), rows)
