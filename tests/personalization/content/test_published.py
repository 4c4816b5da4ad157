from __future__ import annotations

from datetime import time
from typing import Any

import pytest

from personalization.content.published import published
from personalization.content.targets import EVERYONE
from personalization.models import Slot, Variant
from segmentation.models import Segment
from tests.personalization.content.making import NOW, make_slot, make_variant


def segment(slug: str) -> Segment:
    return Segment.objects.create(slug=slug, name=slug.title(), definition={}, state="live")


@pytest.mark.django_db
def test_cold_takes_one_query_and_warm_none(django_assert_num_queries: Any) -> None:
    for slug in ("hero", "bar", "side"):
        slot = make_slot(slug)
        for number in range(5):
            asked = {"any": [segment(f"{slug}{number}a")], "none": [segment(f"{slug}{number}b")]}
            make_variant(slot, f"v{number}", segments=asked)
    with django_assert_num_queries(1):
        assert set(published().slots) == {"hero", "bar", "side"}
    with django_assert_num_queries(0):
        assert len(published().slots["hero"].variants) == 5


@pytest.mark.django_db
def test_a_slot_is_read_with_all_that_it_says() -> None:
    slot = make_slot(kind="popup", mode="inline", size="xl", popup_delay=3, popup_scroll=50, popup_times=2, popup_days=9)
    vip, loyal, lost = segment("vip"), segment("loyal"), segment("lost")
    made = make_variant(
        slot,
        "autumn",
        priority=7,
        segments={"any": [vip, loyal], "all": [loyal], "none": [lost]},
        countries=["FR"],
        regions=["FR-IDF"],
        seasons=["autumn"],
        holidays=["christmas"],
        devices=["phone"],
        kinds=["new"],
        languages=["en"],
        starts_at=NOW,
        ends_at=NOW,
        weekdays=[1],
        hours_from=time(9),
        hours_to=time(17),
        image="/a.webp",
        link="/sale/",
        products=["1", "2"],
        translations={"fr": {"heading": "Automne"}, "pl": {}},
    )
    read = published().slots["hero"]
    assert (read.kind, read.mode, read.size, read.name) == ("popup", "inline", "xl", "Hero")
    assert (read.manners.delay, read.manners.scroll, read.manners.times, read.manners.days) == (3, 50, 2, 9)
    (variant,) = read.variants
    assert (variant.id, variant.slug, variant.priority) == (made.pk, "autumn", 7)
    assert variant.target.any_segments == {"vip", "loyal"}
    assert variant.target.all_segments == {"loyal"}
    assert variant.target.no_segments == {"lost"}
    said = {name: getattr(variant.target, name) for name in type(variant.target).__slots__}
    assert {name for name, part in said.items() if part == getattr(EVERYONE, name)} == set()
    assert variant.content.products == ("1", "2")
    assert set(variant.content.words) == {"en", "fr"}
    assert (variant.content.words["fr"].heading, variant.content.words["fr"].link) == ("Automne", "/sale/")
    assert read.default is not None
    assert read.default.target == EVERYONE


@pytest.mark.django_db
def test_drafts_paused_ones_inactive_slots_and_other_shops_are_not_read() -> None:
    slot = make_slot()
    make_variant(slot, "draft", state=Variant.State.DRAFT)
    make_variant(slot, "paused", state=Variant.State.PAUSED)
    make_slot("off", is_active=False)
    make_slot("elsewhere", shop="other")
    slots = published().slots
    assert list(slots) == ["hero"]
    assert slots["hero"].variants == ()
    assert slots["hero"].default is not None


@pytest.mark.django_db
def test_a_slot_with_nothing_live_is_still_known() -> None:
    Slot.objects.create(slug="bare", name="Bare")
    assert published().slots["bare"].default is None


@pytest.mark.django_db
@pytest.mark.parametrize("write", ["save", "delete", "slot", "segment"])
def test_what_is_written_is_read_at_once(write: str) -> None:
    vip = segment("vip")
    slot = make_slot()
    made = make_variant(slot, "vip", segments={"any": [vip]})
    assert published().slots["hero"].variants[0].name == "Vip"
    if write == "save":
        made.name = "Better"
        made.save()
        assert published().slots["hero"].variants[0].name == "Better"
    elif write == "delete":
        made.delete()
        assert published().slots["hero"].variants == ()
    elif write == "slot":
        slot.is_active = False
        slot.save()
        assert "hero" not in published().slots
    else:
        made.asked.all()[0].delete()
        assert published().slots["hero"].variants[0].target == EVERYONE
