"""Taking a segment away for good."""

from __future__ import annotations

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from segmentation.errors import SegmentError
from segmentation.membership.references import demand_unused, hold_still
from segmentation.models import Segment

NAMED = 10
"""So many rows of others that stand in the way are named."""


def remove(segment: Segment) -> None:
    """Delete a segment with its members, its journal, its versions and the owner's words on it.

    Raises SegmentError with what uses it; then it stays.
    """
    with transaction.atomic():
        hold_still(segment.shop)  # nobody may come to refer to it until it is gone
        demand_unused([segment])
        try:
            segment.delete()
        except ProtectedError as error:  # a model of the shop's own, which did not say so by `also_used_by`
            users = ", ".join(str(user) for user in list(error.protected_objects)[:NAMED])
            said = {"slug": segment.slug, "users": users}
            raise SegmentError(_("%(slug)s is used by %(users)s: change these first") % said) from error
