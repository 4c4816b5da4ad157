from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from personalization.models import MerchandisingRule
from personalization.recommend.serving.merchandising import publisher
from shopdemo.shop.models import Category, Product
from tests.personalization.rest.staff.conftest import codes, faults
from tests.statements import reading

RULES = "/api/merchandising/"
PIN = {"action": "pin", "value": "Lamp, red", "strategy": "for_you", "position": 2}


@pytest.fixture
def lamp(db: None) -> Product:
    lamps = Category.objects.create(name="Lamps", slug="lamps")
    Product.objects.create(code="B", title="Lamp, blue", category=lamps, price="5.00", stock=9)
    return Product.objects.create(code="R", title="Lamp, red", category=lamps, price="5.00", stock=9)


def test_a_rule_is_made_changed_and_deleted(api: Any, lamp: Product) -> None:
    publisher.current()
    response = api.post(RULES, PIN)
    assert response.status_code == 201, response.content
    told = response.json()
    assert (told["kind"], told["value"], told["position"], told["factor"]) == ("product", str(lamp.pk), 2, "2.00")
    assert (told["standing"], told["is_active"], told["on_product"]) == ("holds", True, "")
    address = f"{RULES}{told['id']}/"
    assert api.get(address).json() == told
    assert not publisher.is_warm  # pages read it next time
    assert api.patch(address, {"is_active": False}).json()["standing"] == "off"
    assert api.patch(address, {"action": "exclude", "kind": "category", "value": "lamps"}).json()["value"] == "Lamps"
    assert api.delete(address).status_code == 204
    assert not MerchandisingRule.objects.exists()


@pytest.mark.parametrize(
    ("changes", "pointer", "said"),
    [
        ({"value": "Lamp"}, "/value", "Several products are called like “Lamp”. Give the id of one: "),
        ({"value": "Sofa"}, "/value", "The shop has no product “Sofa”."),
        ({"kind": "category", "value": "Sofas"}, "/value", "The shop has no category “Sofas”."),
        ({"kind": "category", "value": "Lamps"}, "/kind", "Only a product can be put at a place."),
        ({"action": "boost", "factor": "1.00"}, "/factor", "A factor of 1 changes nothing."),
        ({"starts_at": "2026-06-02T00:00:00Z", "ends_at": "2026-06-01T00:00:00Z"}, "/ends_at", "It ends before it begins."),
        ({"action": "exclude", "on_product": "Lamp, red"}, "/on_product", "A product is never shown on its own page."),
        ({"on_product": "Sofa"}, "/on_product", "The shop has no product “Sofa”."),
        ({"shop": "other"}, "/shop", "There is no such field."),
        ({"standing": "off"}, "/standing", "This cannot be written."),
    ],
)
def test_what_is_wrong_is_pointed_to(api: Any, lamp: Product, changes: Any, pointer: str, said: str) -> None:
    found = faults(api.post(RULES, PIN | changes))
    assert found[pointer].startswith(said), found


def test_a_rule_about_what_is_gone_can_be_switched_off(api: Any, db: None) -> None:
    rule = MerchandisingRule.objects.create(action="exclude", value="0")
    assert faults(api.patch(f"{RULES}{rule.pk}/", {"is_active": False, "position": 2})) == {
        "/value": "The shop has no product “0”."
    }
    assert api.patch(f"{RULES}{rule.pk}/", {"is_active": False}).json()["standing"] == "off"


def test_there_is_no_rule_with_an_id_that_no_database_holds(api: Any, db: None) -> None:
    assert api.get(f"{RULES}{10**30}/").status_code == 404


def test_what_makes_no_sense_by_itself_is_refused(api: Any, lamp: Product) -> None:
    assert codes(api.post(RULES, PIN | {"position": 51, "factor": "100.01", "strategy": "odd", "action": "hide"})) == {
        "/position": "max-value",
        "/factor": "max-value",
        "/strategy": "invalid-choice",
        "/action": "invalid-choice",
    }


def test_rules_are_found_by_standing_and_strategy(api: Any, lamp: Product) -> None:
    now = timezone.now()
    for name, fields in {
        "holds": {"strategy": "similar"},
        "waits": {"starts_at": now + timedelta(1)},
        "over": {"ends_at": now - timedelta(1)},
        "off": {"is_active": False, "strategy": "for_you"},
    }.items():
        MerchandisingRule.objects.create(action="exclude", value=name, **fields)

    def found(asked: str) -> list[str]:
        return [each["value"] for each in api.get(f"{RULES}?{asked}").json()["results"]]

    assert {standing: found(f"standing={standing}") for standing in ("holds", "waits", "over", "off")} == {
        standing: [standing] for standing in ("holds", "waits", "over", "off")
    }
    assert [each["standing"] for each in api.get(RULES).json()["results"]] == found("") == ["off", "over", "waits", "holds"]
    assert found("strategy=similar") == ["over", "waits", "holds"]
    assert found("search=OL") == ["holds"]
    assert list(faults(api.get(f"{RULES}?standing=odd"))) == ["standing"]


@pytest.mark.parametrize("count", [1, 50])
def test_a_list_takes_no_query_a_row(api: Any, count: int) -> None:
    for number in range(count):
        MerchandisingRule.objects.create(action="exclude", value=str(number))
    with reading(3):
        assert len(api.get(RULES).json()["results"]) == count
