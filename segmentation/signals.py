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
people_changed(sender, profiles, relations, at)
    Rows of these people changed in the shop, and their segments are answered; `sender` is the Profile class, `profiles` a list
    of ids (some may be gone or merged by now), `relations` the names of the source's relations whose rows they were, "profile"
    where the people themselves changed, `at` an aware datetime.
activity_recorded(sender, rows, using)
    People did something; `sender` is the Activity class, `rows` those written. Alone of these it is sent before commit,
    in the transaction on the database `using`.
"""

from __future__ import annotations

from django.dispatch import Signal

segment_entered = Signal()
segment_left = Signal()
segments_refreshed = Signal()
profile_merged = Signal()
consent_changed = Signal()
people_changed = Signal()
activity_recorded = Signal()
