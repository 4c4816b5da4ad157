from __future__ import annotations

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from personalization.models import ShownList, Slot
from personalization.recommend.keys import person_key
from segmentation.models import Profile, Segment
from segmentation.profiles import user_key
from segmentation.testing import make_segment, refresh_now
from shopdemo.shop.models import Category, Product, User
from tests.personalization.admin.conftest import url
from tests.personalization.content.making import make_slot, make_variant
from tests.personalization.recommend.making import make_version, of_everyone, of_product, row

SUMMER_NOON = {"moment_0": "2026-06-01", "moment_1": "12:00"}


@pytest.fixture
def slot(people: None) -> Slot:
    """A variant for those who bought three times, one for a French summer, one for evenings, a draft."""
    loyal = make_segment("loyal", "orders.count() >= 3", name="Loyal")
    refresh_now()
    slot = make_slot()
    make_variant(slot, "loyal", priority=9, heading="Welcome back, {{ first_name }}", segments={"any": [loyal]})
    make_variant(slot, "french", priority=5, countries=["FR"], seasons=["summer"], translations={"fr": {"heading": "Bel été"}})
    make_variant(slot, "evening", priority=4, hours_from="20:00", hours_to="02:00")
    make_variant(slot, "idea", priority=99, state="draft")
    return slot


def asked(admin: Client, slot: Slot, **said: Any) -> Any:
    return admin.get(url("slot_preview", slot.pk), {**SUMMER_NOON, **said}).context


def shown(context: Any) -> str:
    return context["chosen"].variant.slug if context["chosen"] else ""


def test_it_asks_who_looks_first(admin: Client, slot: Slot) -> None:
    response = admin.get(url("slot_preview", slot.pk))
    assert "verdicts" not in response.context
    assert admin.get(url("slot_preview", 0)).status_code == 404


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"country": "DE"}, "default"),
        ({"country": "FR"}, "french"),
        ({"country": "FR", "moment_0": "2026-12-01"}, "default"),
        ({"country": "AU"}, "evening"),  # it is ten in the evening in Sydney
        ({"country": "FR", "language": "fr"}, "french"),
        ({"country": "FR", "language": "zh-hant"}, ""),
        ({"person": "alice@shop.test", "country": "FR"}, "loyal"),
        ({"country": "DE", "drafts": "on"}, "idea"),
    ],
)
def test_a_slot_is_shown_as_somebody_sees_it(admin: Client, slot: Slot, said: Any, expected: str) -> None:
    assert shown(asked(admin, slot, **said)) == expected


def test_it_is_rendered_in_their_language_and_by_their_name(admin: Client, slot: Slot) -> None:
    assert "Bel été" in asked(admin, slot, country="FR", language="fr")["html"]
    User.objects.filter(email="alice@shop.test").update(first_name="Alice")
    context = asked(admin, slot, person="alice@shop.test")
    assert "Welcome back, Alice" in context["html"]


def test_whoever_looks_as_a_customer_is_written_into_her_history(admin: Client, slot: Slot) -> None:
    asked(admin, slot, country="FR")
    assert not LogEntry.objects.exists()
    asked(admin, slot, person="alice@shop.test")
    entry = LogEntry.objects.get()
    alice = Profile.objects.get(key=user_key(User.objects.get(email="alice@shop.test").pk))
    assert (entry.get_edited_object(), entry.get_change_message()) == (alice, "The slot “Hero” was previewed as this person.")


def test_a_segment_alone_will_do(admin: Client, slot: Slot) -> None:
    loyal = Segment.objects.get(slug="loyal")
    context = asked(admin, slot, country="DE", segments=[loyal.pk])
    assert shown(context) == "loyal"
    assert '<h2 class="rg-heading">Welcome back,</h2>' in context["html"]


def test_each_variant_tells_what_it_asked_and_got(admin: Client, slot: Slot) -> None:
    found = {verdict.variant.slug: verdict for verdict in asked(admin, slot, country="DE")["verdicts"]}
    assert list(found) == ["loyal", "french", "evening", "default"]
    said = [(each.label, each.asked, each.said, each.holds) for each in found["french"].answers]
    assert said == [("Country", "France", "Germany", False), ("Season", "summer", "summer", True)]
    assert [(each.label, each.asked, each.said, each.holds) for each in found["loyal"].answers] == [
        ("In any of", "Loyal", "", False)
    ]
    assert found["default"].is_chosen
    assert [verdict.fits for verdict in found.values()] == [False, False, False, True]


def test_a_person_whom_nobody_knows_is_told(admin: Client, slot: Slot) -> None:
    form = asked(admin, slot, person="nobody@shop.test")["form"]
    assert form.errors == {"person": ["No customer is known by that."]}


def test_what_cannot_be_shown_is_told(admin: Client, slot: Slot) -> None:
    make_variant(slot, "odd", priority=50, heading="{{ nothing")
    context = asked(admin, slot)
    assert context["failure"] == "It cannot be shown: “{{” is not closed by “}}”."


@pytest.fixture
def recommending(people: None) -> Slot:
    """A slot with recommendations alone: Alice is to be shown the lamp, everyone the vase, with the lamp goes the mug."""
    lamps = Category.objects.create(name="Lamps", slug="lamps")
    for code in ("Lamp", "Vase", "Mug"):
        Product.objects.create(code=code, title=code, category=lamps, price="5.00", stock=9)
    lamp, vase, mug = (str(Product.objects.get(code=code).pk) for code in ("Lamp", "Vase", "Mug"))
    alice = user_key(User.objects.get(email="alice@shop.test").pk)
    make_version(
        {person_key(alice): row(next=[lamp]), **of_everyone(trending=[vase], best=[vase]), **of_product(lamp, together=[mug])}
    )
    slot = make_slot("more")
    make_variant(slot, "own", strategy="for_you", limit=1, heading="", countries=["FR"])
    make_variant(slot, "with", strategy="cross_sell", limit=1, heading="", countries=["PL"])
    make_variant(slot, "seen", strategy="recently_viewed", limit=1, heading="", countries=["DE"])
    return slot


def test_recommendations_are_those_of_the_customer(admin: Client, recommending: Slot) -> None:
    refresh_now()
    assert "Lamp" in asked(admin, recommending, country="FR", person="alice@shop.test")["html"]
    html = asked(admin, recommending, country="FR")["html"]
    assert "Vase" in html
    assert "Lamp" not in html
    Profile.objects.update(profiling=False)
    assert "Vase" in asked(admin, recommending, country="FR", person="alice@shop.test")["html"]
    assert not ShownList.objects.exists()


def test_a_cart_can_be_made_up(admin: Client, recommending: Slot) -> None:
    lamp = Product.objects.get(code="Lamp")
    html = asked(admin, recommending, country="PL", basket=str(lamp.pk))["html"]
    assert "Mug" in html
    assert "Vase" not in html


def test_nothing_to_recommend_is_told(admin: Client, recommending: Slot) -> None:
    context = asked(admin, recommending, country="DE")
    assert context["failure"] == "Nothing is recommended to them, and nothing else is there."
    lamp = Product.objects.get(code="Lamp")
    assert "Lamp" in asked(admin, recommending, country="DE", viewed=f"{lamp.pk}")["html"]


def test_her_name_is_told_to_who_may_see_it(slot: Slot, staff: Any) -> None:
    User.objects.filter(email="alice@shop.test").update(first_name="Alice")
    html = asked(staff("view_slot", "preview_slot"), slot, person="alice@shop.test")["html"]
    assert "Welcome back," in html
    assert "Alice" not in html
