from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry

from personalization.content.published import published
from personalization.models import Slot
from tests.personalization.content.making import make_slot, make_variant
from tests.personalization.rest.staff.conftest import HERO, SLOTS, codes, faults
from tests.statements import reading

NEW = {"slug": "bar", "name": "Bar", "kind": "bar", "mode": "inline", "size": "s", "description": "On top"}


def test_a_slot_is_made_changed_and_deleted(api: Any, db: None) -> None:
    response = api.post(SLOTS, NEW)
    assert response.status_code == 201, response.content
    told = response.json()
    assert response["Location"] == "http://testserver/api/content/slots/bar/"
    assert {name: told[name] for name in NEW} == NEW
    assert (told["is_active"], told["popup_delay"], told["live_variants"]) == (True, 10, 0)
    assert Slot.objects.get().shop == "default"
    assert api.get(f"{SLOTS}bar/").json() == told
    assert api.patch(f"{SLOTS}bar/", {"is_active": False, "popup_times": 2}).json()["popup_times"] == 2
    assert "bar" not in published().slots
    assert api.delete(f"{SLOTS}bar/").status_code == 204
    assert not Slot.objects.exists()


def test_each_change_stands_in_the_history_of_the_admin(api: Any, staff: Any, db: None) -> None:
    api.post(SLOTS, NEW)
    api.patch(f"{SLOTS}bar/", {"is_active": False, "popup_times": 2, "name": "Bar"})
    api.patch(f"{SLOTS}bar/", {"name": "Bar"})
    api.post(f"{SLOTS}bar/variants/", {"slug": "all", "name": "All", "any_segments": []})
    api.delete(f"{SLOTS}bar/")
    entries = LogEntry.objects.order_by("pk")
    assert [(str(each.content_type), each.object_repr, each.get_change_message()) for each in entries] == [
        ("Personalization | slot", "Bar", "Added."),
        ("Personalization | slot", "Bar", "Changed Active and Times it may open."),
        ("Personalization | variant", "All", "Added."),
        ("Personalization | slot", "Bar", ""),
    ]
    assert [each.action_flag for each in entries] == [ADDITION, CHANGE, ADDITION, DELETION]
    assert {each.user for each in entries} == {staff}


@pytest.mark.parametrize(
    ("changes", "pointer", "said"),
    [
        ({"kind": "page", "mode": "fragment"}, "/mode", "A whole page cannot be fetched into a page: choose variant or inline."),
        ({"shop": "other"}, "/shop", "There is no such field."),
        ({"live_variants": 3}, "/live_variants", "This cannot be written."),
        ({"popup_scroll": 0}, "/popup_scroll", "Ensure this value is greater than or equal to 1."),
    ],
)
def test_what_is_wrong_is_pointed_to(api: Any, slot: Slot, changes: Any, pointer: str, said: str) -> None:
    assert faults(api.post(SLOTS, NEW | changes)) == {pointer: said}


def test_a_mode_that_variants_do_not_allow_is_refused(api: Any, slot: Slot) -> None:
    make_variant(slot, "own", heading="Hi {{ first_name }}")
    assert faults(api.patch(HERO, {"mode": "variant"}))["/mode"].endswith("say something personal: Own")
    assert codes(api.patch(HERO, {"mode": "odd"})) == {"/mode": "invalid-choice"}
    assert api.patch(HERO, {"slug": "hero", "name": "Hero"}).status_code == 200


@pytest.mark.parametrize("slug", ["no one", "ù", "a.b", "%00"])
def test_what_is_no_slug_is_not_there(api: Any, slot: Slot, slug: str) -> None:
    for path in (f"{SLOTS}{slug}/", f"{HERO}variants/{slug}/", f"{SLOTS}{slug}/variants/"):
        response = api.get(path)
        assert response.status_code in (400, 404)
        assert response["Content-Type"] == "application/problem+json"


def test_a_slug_that_another_has_is_a_conflict(api: Any, slot: Slot) -> None:
    make_slot("bar")
    for response in (api.post(SLOTS, NEW), api.patch(HERO, {"slug": "bar"})):
        assert faults(response, 409) == {"/slug": "Another slot has this slug."}
    variants = f"{HERO}variants/"
    assert faults(api.post(variants, {"slug": "default", "name": "Other"}), 409) == {
        "/slug": "Another variant of the slot has this slug."
    }


def test_slots_are_found(api: Any, slot: Slot) -> None:
    make_slot("bar", kind="bar", is_active=False)
    for asked, expected in {
        "": ["bar", "hero"],
        "search=HER": ["hero"],
        "kind=bar": ["bar"],
        "order_by=-name": ["hero", "bar"],
    }.items():
        assert [each["slug"] for each in api.get(f"{SLOTS}?{asked}").json()["results"]] == expected
    assert [each["slug"] for each in api.get(f"{SLOTS}?is_active=false&mode=fragment").json()["results"]] == ["bar"]
    assert list(faults(api.get(f"{SLOTS}?kind=odd&is_active=perhaps"))) == ["kind", "is_active"]
    assert faults(api.get(f"{SLOTS}?knid=bar&page_size=2")) == {"knid": "There is no such parameter."}
    assert api.get(HERO).json()["live_variants"] == 1


def test_who_deletes_a_slot_must_be_allowed_to_delete_its_variants(slot: Slot, clerk: Callable[..., Any], logged_in: Any) -> None:
    may = ["regulars_personalization.delete_slot"]
    assert logged_in(clerk(*may)).delete(HERO).status_code == 403
    assert Slot.objects.exists()
    assert logged_in(clerk(*may, "regulars_personalization.delete_variant", email="b@shop.test")).delete(HERO).status_code == 204


@pytest.mark.parametrize("more", [0, 49])
def test_a_list_takes_no_query_a_row(api: Any, slot: Slot, more: int) -> None:
    for number in range(more):
        make_slot(f"s{number}")
    with reading(3):
        assert len(api.get(f"{SLOTS}?page_size=100").json()["results"]) == more + 1
