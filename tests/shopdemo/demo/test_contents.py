from __future__ import annotations

import datetime as dt

import pytest

from personalization.content.choose import choose
from personalization.content.published import publisher
from personalization.models import Slot, Variant
from personalization.recommend.strategies.registry import STRATEGIES
from personalization.visitor.audience import PlainAudience
from personalization.visitor.device import device_of
from personalization.visitor.location import Location
from segmentation.models import Segment
from shopdemo.content import COUPONS, SLOTS
from shopdemo.demo.contents import define_missing_slots, ensure_coupons
from shopdemo.progress import silent
from shopdemo.segments import SEGMENTS
from shopdemo.shop.art.scene import SCENES
from shopdemo.shop.models import Coupon

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
ASKED = {slug for slot in SLOTS for variant in slot.variants for slug in variant.any_segments}


@pytest.fixture
def made() -> None:
    """Every segment that is asked for, and the slots."""
    for slug in ASKED:
        Segment.objects.create(slug=slug, name=slug, state="live", definition={})
    define_missing_slots(silent)
    publisher.forget()


def shown(slot: str, **said: object) -> str:
    found = publisher.current().slots[slot]
    known = {"season": None, "location": Location(), "local_time": NOW, "device": device_of("", {})}
    variant = choose(found, PlainAudience(**{**known, **said}), NOW)  # type: ignore[arg-type]
    return variant.slug if variant else ""


def test_whatever_is_asked_for_is_there() -> None:
    assert {segment.slug for segment in SEGMENTS} >= ASKED
    scenes = {variant.image for slot in SLOTS for variant in slot.variants if variant.image}
    assert scenes == {f"/art/scene/{scene}.svg" for scene in SCENES}
    promised = {coupon.code for coupon in COUPONS}
    words = " ".join(variant.text for slot in SLOTS for variant in slot.variants)
    assert {code for code in promised if code in words} | {"SURE"} == promised


def test_slots_are_made_once_and_then_the_owners(made: None) -> None:
    assert Variant.objects.count() == sum(len(slot.variants) for slot in SLOTS)
    Variant.objects.filter(slug="welcome").update(heading="Ours")
    Slot.objects.get(slug="popup").delete()
    assert define_missing_slots(silent) == ["popup"]
    assert Variant.objects.get(slug="welcome").heading == "Ours"
    assert define_missing_slots(silent) == []


def test_a_variant_without_its_segment_is_left_out() -> None:
    define_missing_slots(silent)
    assert not Variant.objects.filter(slug="vip").exists()
    assert Variant.objects.filter(slug="winter").exists()


def test_words_are_kept_in_every_language(made: None) -> None:
    welcome = Variant.objects.get(slug="welcome")
    assert welcome.heading == "Good to see you"
    assert {language: words["heading"] for language, words in welcome.translations.items()} == {
        "fr": "Ravi de vous voir",
        "pl": "Miło cię widzieć",
        "zh-hans": "欢迎光临",
        "zh-hant": "歡迎光臨",
    }


def test_who_sees_what(made: None) -> None:
    assert shown("home-hero", season="winter", language="en") == "winter"
    assert shown("home-hero", season="winter", segments=frozenset({"never-bought"}), language="pl") == "welcome"
    assert shown("home-hero", language="zh-hant") == "default"
    assert shown("home-block", segments=frozenset({"vip", "said-women"}), language="fr") == "vip"
    assert shown("home-block", segments=frozenset({"said-women"}), language="fr") == "for-women"
    assert shown("newsletter", segments=frozenset({"subscribers"}), language="en") == "subscribed"
    assert shown("newsletter", language="en") == "default"
    assert shown("product-page", segments=frozenset({"indecisive-prospects"}), language="zh-hans") == "indecisive"
    assert shown("product-page", language="en") == "default"
    assert shown("popup", language="en") == ""


def test_whoever_was_gone_for_a_while_is_shown_what_became_cheaper(made: None) -> None:
    assert list(Variant.objects.exclude(strategy="").values_list("slug", "strategy", "limit")) == [("missed", "price_drop", 3)]
    assert {variant.strategy for slot in SLOTS for variant in slot.variants} <= {"", *STRATEGIES}


def test_coupons_are_made_once() -> None:
    ensure_coupons()
    Coupon.objects.filter(code="WELCOME").update(percent=50)
    ensure_coupons()
    assert dict(Coupon.objects.values_list("code", "percent")) == {"WELCOME": 50, "COMEBACK": 15, "SURE": 5}
