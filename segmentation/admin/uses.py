"""What uses a segment, as its page shows it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from segmentation.admin.tables import Table
from segmentation.membership.references import used_by
from segmentation.models import Segment


def uses_table(segment: Segment) -> Table:
    """A line for each use; while there is one, the segment can neither go nor be taken away."""
    return Table("uses", _("Used by"), (_("What"),), [(use,) for use in used_by(segment)])
