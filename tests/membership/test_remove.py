from __future__ import annotations

import pytest

from segmentation.errors import SegmentError
from segmentation.membership import define, override, refresh
from segmentation.membership.remove import remove
from segmentation.models import JournalEntry, Membership, Override, Segment, SegmentVersion
from tests.cast import NOW, profile_of

pytestmark = pytest.mark.django_db


def test_with_all_that_hangs_on_it(cast):
    loyal = define("loyal", "orders.count() >= 3", now=NOW)
    define("french", 'customer.country = "FR"', now=NOW)
    refresh(now=NOW)
    override(loyal, profile_of(cast["bob"]), included=True, now=NOW)

    remove(loyal)
    assert Segment.objects.get().slug == "french"
    assert [model.objects.count() for model in (Membership, JournalEntry, Override, SegmentVersion)] == [1, 1, 0, 1]


def test_what_is_used_stays(cast):
    loyal = define("loyal", "orders.count() >= 3", now=NOW)
    inside = define("inside", 'in segment "loyal"', now=NOW)

    with pytest.raises(SegmentError, match="loyal is used by inside: change these first"):
        remove(loyal)
    assert Segment.objects.count() == 2
    remove(inside)
    remove(loyal)
    assert not Segment.objects.exists()
