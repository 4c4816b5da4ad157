"""What membership tells the world. Sent after commit; a receiver that raises is logged and harms nothing.

segment_entered(sender, segment, profiles, at, cause)
segment_left(sender, segment, profiles, at, cause)
    `sender` is the Segment class, `segment` the row, `profiles` a list of Profile ids (one signal a segment and
    batch, never one a person), `at` an aware datetime, `cause` one of segmentation.models.Cause.
segments_refreshed(sender, report)
    Once at the end of a refresh; `report` is its segmentation.membership.RefreshReport.
profile_merged(sender, merge, undone)
    Two profiles became one, or, with `undone`, two again; `sender` is the ProfileMerge class, `merge` the row.
consent_changed(sender, profile, purpose, granted, at)
    Somebody's word on a purpose is another than before; `sender` is the Consent class, `profile` an id.
"""

from __future__ import annotations

from django.dispatch import Signal

segment_entered = Signal()
segment_left = Signal()
segments_refreshed = Signal()
profile_merged = Signal()
consent_changed = Signal()
