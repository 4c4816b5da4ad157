from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry

from personalization.models import Slot
from segmentation.models import Profile
from segmentation.testing import make_segment, refresh_now
from shopdemo.shop.models import User
from tests.cast import NOW, key_of
from tests.personalization.content.making import make_slot, make_variant
from tests.personalization.rest.staff.conftest import HERO, faults
from tests.statements import reading

PREVIEW = f"{HERO}preview/"
NOON = {"now": NOW.isoformat()}


@pytest.fixture
def hero(alice: User) -> Slot:
    """A variant for those who bought three times, one for a French summer, one for evenings, a draft."""
    loyal = make_segment("loyal", "orders.count() >= 3", name="Loyal")
    refresh_now(now=NOW)
    slot = make_slot()
    make_variant(slot, "loyal", priority=9, heading="Welcome back, {{ first_name }}", segments={"any": [loyal]})
    make_variant(slot, "french", priority=5, countries=["FR"], seasons=["summer"], translations={"fr": {"heading": "Bel <été>"}})
    make_variant(slot, "evening", priority=4, hours_from="20:00", hours_to="02:00")
    make_variant(slot, "idea", priority=99, state="draft")
    return slot


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, "default"),
        ({"country": "FR"}, "french"),
        ({"country": "FR", "now": "2026-12-01T12:00:00Z"}, "default"),
        ({"country": "AU"}, "evening"),  # it is ten in the evening in Sydney
        ({"country": "FR", "language": "zh-hant"}, None),
        ({"segments": ["loyal"]}, "loyal"),
        ({"with_drafts": True}, "idea"),
    ],
)
def test_a_slot_is_shown_as_somebody_sees_it(api: Any, hero: Slot, said: Any, expected: str | None) -> None:
    response = api.post(PREVIEW, NOON | said)
    assert response.status_code == 200, response.content
    assert response.json()["variant"] == expected
    assert not LogEntry.objects.exists()


def test_each_variant_tells_what_it_asked_and_got(api: Any, hero: Slot) -> None:
    told = api.post(PREVIEW, NOON | {"country": "FR", "language": "fr"}).json()
    assert "Bel &lt;été&gt;" in told["html"]
    assert told["problem"] == ""
    assert [(each["slug"], each["is_chosen"], each["fits"]) for each in told["variants"]] == [
        ("loyal", False, False),
        ("french", True, True),
        ("evening", False, False),
        ("default", False, True),
    ]
    assert told["variants"][1]["answers"] == [
        {"question": "Country", "asked": "France", "said": "France", "holds": True},
        {"question": "Season", "asked": "summer", "said": "summer", "holds": True},
    ]


def test_whoever_looks_as_a_customer_is_written_down(api: Any, hero: Slot, alice: User) -> None:
    told = api.post(PREVIEW, NOON | {"profile": key_of(alice)}).json()
    assert told["variant"] == "loyal"
    assert "Welcome back, Alice" in told["html"]
    entry = LogEntry.objects.get()
    assert entry.get_edited_object() == Profile.objects.get(key=key_of(alice))
    assert entry.get_change_message() == "The slot “Hero” was previewed as this person."


def test_her_name_is_told_to_who_may_see_it(hero: Slot, alice: User, clerk: Callable[..., User], logged_in: Any) -> None:
    may = [f"regulars_personalization.{name}" for name in ("view_slot", "preview_slot")]
    told = logged_in(clerk(*may)).post(PREVIEW, NOON | {"profile": key_of(alice)}).json()
    assert (told["variant"], "Alice" in told["html"]) == ("loyal", False)
    for part in may:
        assert logged_in(clerk(part, email=f"{part}@shop.test")).post(PREVIEW, NOON).status_code == 403


@pytest.mark.parametrize(
    ("said", "pointer", "problem"),
    [
        ({"profile": "user:0"}, "/profile", "No profile has this key."),
        ({"profile": "alice@shop.test"}, "/profile", "No profile has this key."),
        ({"segments": ["loyal", "nobody"]}, "/segments/1", "There is no such segment."),
        ({"country": "XX"}, "/country", "“XX” is not known here."),
        ({"device": "fridge"}, "/device", "“fridge” is not a valid choice."),
        ({"now": "yesterday"}, "/now", "This is no date or time in ISO 8601."),
        ({"shop": "other"}, "/shop", "There is no such field."),
    ],
)
def test_whom_nobody_knows_is_refused(api: Any, hero: Slot, said: Any, pointer: str, problem: str) -> None:
    found = faults(api.post(PREVIEW, said))
    assert found[pointer].replace('"', "“", 1).replace('"', "”").startswith(problem), found


def test_what_cannot_be_shown_is_told(api: Any, hero: Slot) -> None:
    make_variant(hero, "odd", priority=50, heading="{{ nothing")
    told = api.post(PREVIEW, NOON).json()
    assert (told["variant"], told["html"]) == ("odd", "")
    assert told["problem"] == "It cannot be shown: “{{” is not closed by “}}”."


@pytest.mark.parametrize("more", [0, 49])
def test_a_preview_takes_no_query_a_variant(api: Any, hero: Slot, more: int) -> None:
    for number in range(more):
        make_variant(hero, f"v{number}", countries=["PL"])
    with reading(7):  # the session, who asks, the slot, names of segments, variants, what they ask for, segments
        assert len(api.post(PREVIEW, NOON).json()["variants"]) == 4 + more
