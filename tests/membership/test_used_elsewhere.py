from __future__ import annotations

import pytest

from segmentation.errors import SegmentError
from segmentation.membership import references
from segmentation.membership.references import also_used_by, demand_unused, used_by
from segmentation.testing import make_segment


def test_other_apps_say_what_they_use(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def mail(shop: str, slug: str) -> list[str]:
        return [f"the mail of {slug} in {shop}"] if slug == "buyers" else []

    monkeypatch.setattr(references, "_uses", [])
    also_used_by(mail)
    also_used_by(mail)
    buyers = make_segment("buyers", "orders.count() >= 1")
    friends = make_segment("friends", 'in segment "buyers"')

    assert used_by(buyers) == ["friends", "the mail of buyers in default"]
    assert used_by(friends) == []
    demand_unused([friends])
    with pytest.raises(SegmentError, match="buyers is used by the mail of buyers in default: change"):
        demand_unused([buyers, friends])
