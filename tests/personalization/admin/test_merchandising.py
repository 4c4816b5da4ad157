from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from personalization.models import MerchandisingRule
from personalization.recommend.serving.merchandising import publisher
from segmentation.errors import SourceError
from shopdemo.shop.models import Category, Product
from tests.personalization.admin.conftest import url


@pytest.fixture
def lamp(db: None) -> Product:
    """White, among lights, beside a bag."""
    category = Category.objects.create(name="Lights", slug="lights")
    Product.objects.create(code="2", title="Paper bag", slug="bag", category=category, price=1, stock=1)
    return Product.objects.create(code="1", title="White <i>lamp</i>", slug="lamp", category=category, price=1, stock=1)


def sent(**changes: Any) -> dict[str, Any]:
    """What a browser sends of a pin."""
    form: dict[str, Any] = {"action": "pin", "kind": "product", "value": "white lamp", "strategy": "", "on_product": ""}
    return form | {"position": 2, "factor": "2", "is_active": "on"} | changes


def make(**fields: Any) -> MerchandisingRule:
    return MerchandisingRule.objects.create(**{"action": "exclude", "kind": "category", "value": "Lights"} | fields)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, {"action": "pin", "position": 2}),
        ({"strategy": "similar", "on_product": "paper"}, {"strategy": "similar"}),
        (
            {"action": "boost", "kind": "category", "value": "LIGHTS", "factor": "0.5"},
            {"value": "Lights", "factor": Decimal("0.50")},
        ),
        ({"action": "exclude", "starts_at_0": "2026-06-01", "starts_at_1": "10:00"}, {"action": "exclude"}),
    ],
)
def test_a_rule_is_saved_with_what_it_means(admin: Client, lamp: Product, changes: Any, expected: dict[str, Any]) -> None:
    response = admin.post(url("merchandisingrule_add"), sent(**changes))
    assert response.status_code == 302, response.context["adminform"].form.errors
    rule = MerchandisingRule.objects.get()
    assert rule.shop == "default"
    assert {name: getattr(rule, name) for name in expected} == expected
    if rule.kind == "product":
        assert rule.value == str(lamp.pk)
    if rule.strategy:
        assert rule.on_product == str(Product.objects.get(title="Paper bag").pk)


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"value": "sofa"}, "value", "The shop has no product “sofa”."),
        ({"value": ""}, "value", "This field is required."),
        ({"kind": "category", "action": "exclude", "value": "Sofas"}, "value", "The shop has no category “Sofas”."),
        ({"kind": "brand", "action": "exclude", "value": "Acme"}, "value", "The shop has no brand “Acme”."),
        ({"kind": "category", "value": "lights"}, "kind", "Only a product can be put at a place."),
        ({"on_product": "sofa"}, "on_product", "The shop has no product “sofa”."),
        ({"strategy": "magic"}, "strategy", "Select a valid choice. magic is not one of the available choices."),
        ({"position": 0}, "position", "Ensure this value is greater than or equal to 1."),
        ({"position": 51}, "position", "Ensure this value is less than or equal to 50."),
        ({"action": "boost", "factor": "1"}, "factor", "A factor of 1 changes nothing."),
        ({"action": "boost", "factor": "0"}, "factor", "Ensure this value is greater than or equal to 0.01."),
        (
            {"starts_at_0": "2026-06-02", "starts_at_1": "10:00", "ends_at_0": "2026-06-02", "ends_at_1": "10:00"},
            "ends_at",
            "It ends before it begins.",
        ),
        ({"action": "exclude", "on_product": "white lamp"}, "on_product", "A product is never shown on its own page."),
    ],
)
def test_what_is_wrong_stands_beside_its_field(admin: Client, lamp: Product, changes: Any, field: str, said: str) -> None:
    response = admin.post(url("merchandisingrule_add"), sent(**changes))
    assert response.context["adminform"].form.errors == {field: [said]}
    assert not MerchandisingRule.objects.exists()


def test_a_shop_that_cannot_be_asked_is_told_beside_the_field(
    admin: Client, lamp: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any) -> None:
        raise SourceError("products: gone")

    monkeypatch.setattr("personalization.recommend.serving.called.read_groups", fail)
    monkeypatch.setattr("personalization.recommend.serving.called.unknown_products", list)
    monkeypatch.setattr("personalization.recommend.serving.called.find_products", fail)
    said = "The shop cannot be asked: products: gone"
    for changes in ({"kind": "category", "action": "exclude"}, {}):
        response = admin.post(url("merchandisingrule_add"), sent(**changes))
        assert response.context["adminform"].form.errors == {"value": [said]}


def test_categories_are_suggested(admin: Client, lamp: Product, django_assert_max_num_queries: Any) -> None:
    Category.objects.filter(name="Lights").update(name="<Lights>")
    with django_assert_max_num_queries(8):
        text = admin.get(url("merchandisingrule_add")).content.decode()
    assert '<option value="&lt;Lights&gt;"></option>' in text
    assert 'list="id_value_suggestions"' in text
    assert 'aria-label="Until: Time"' in text


def standings(admin: Client, **said: str) -> dict[str, str]:
    """Value -> standing, of the rules that the list shows."""
    shown = admin.get(url("merchandisingrule_changelist"), said).context["cl"]
    return {
        rule.value: str(shown.model_admin.standing(rule)).partition(">")[2].removesuffix("</span>") for rule in shown.result_list
    }


def test_a_rule_of_the_past_is_over(admin: Client, db: None) -> None:
    now, day = timezone.now(), timedelta(days=1)
    make(value="holds", starts_at=now - day, ends_at=now + day)
    make(value="always")
    make(value="later", starts_at=now + day)
    make(value="over", action="pin", ends_at=now - day)
    make(value="off", is_active=False, ends_at=now - day)
    expected = {
        "holds": "holds",
        "always": "holds",
        "later": "waits for its day",
        "over": "over",
        "off": "switched off",
    }
    assert standings(admin) == expected
    for name, words in {"holds": "holds", "waits": "waits for its day", "over": "over", "off": "switched off"}.items():
        assert standings(admin, standing=name) == {value: said for value, said in expected.items() if said == words}
    assert standings(admin, standing="odd") == expected


def test_rules_of_a_strategy_are_found_with_those_of_all(admin: Client, db: None) -> None:
    make(value="all")
    make(value="similar", strategy="similar")
    make(value="trending", strategy="trending")
    response = admin.get(url("merchandisingrule_changelist"), {"strategy": "similar"})
    assert {rule.value for rule in response.context["cl"].result_list} == {"all", "similar"}
    filters = {spec.title: spec for spec in response.context["cl"].filter_specs}
    assert filters["strategy"].lookup_choices == [("similar", "Similar products"), ("trending", "Trending")]


def test_the_list_names_products_in_one_question(admin: Client, lamp: Product, django_assert_max_num_queries: Any) -> None:
    other = Product.objects.get(title="Paper bag")
    for place in range(1, 16):
        make(action="pin", kind="product", value=str(lamp.pk), position=place, on_product=str(other.pk))
    make(action="boost", kind="product", value="0", factor=Decimal("1.50"), strategy="similar")
    make(action="boost", kind="product", value="0", strategy="none_such")
    with django_assert_max_num_queries(12):
        response = admin.get(url("merchandisingrule_changelist"))
    text = response.content.decode()
    assert "White &lt;i&gt;lamp&lt;/i&gt;" in text
    assert "<i>lamp" not in text
    for words in ("0 (not in the shop)", "\u00d7 1.5", "place 15", "Similar products", "none_such", "Paper bag"):
        assert words in text


def test_rules_are_switched_by_the_handful(admin: Client, lamp: Product) -> None:
    rules = [make(), make(value="B")]
    publisher.current()
    sent = {"action": "switch_off", "_selected_action": [rule.pk for rule in rules]}
    admin.post(url("merchandisingrule_changelist"), sent)
    assert set(MerchandisingRule.objects.values_list("is_active", flat=True)) == {False}
    assert publisher.current() == ()
    admin.post(url("merchandisingrule_changelist"), sent | {"action": "switch_on"})
    assert {rule.value for rule in publisher.current()} == {"Lights", "B"}


def test_a_rule_leads_to_what_it_does(admin: Client, lamp: Product) -> None:
    rule = make(strategy="similar", on_product=str(lamp.pk))
    text = admin.get(url("merchandisingrule_change", rule.pk)).content.decode()
    assert f"{url('preview_recommendations')}?strategy=similar&amp;products={lamp.pk}" in text


def test_who_may_only_look_changes_nothing(staff: Callable[..., Client], lamp: Product) -> None:
    rule = make()
    nobody, reader = staff("view_slot"), staff("view_merchandisingrule")
    assert nobody.get(url("merchandisingrule_changelist")).status_code == 403
    assert reader.get(url("merchandisingrule_changelist")).status_code == 200
    page = reader.get(url("merchandisingrule_change", rule.pk))
    assert page.status_code == 200
    assert url("preview_recommendations") not in page.content.decode()
    assert reader.post(url("merchandisingrule_change", rule.pk), sent()).status_code == 403
    assert reader.post(url("merchandisingrule_add"), sent()).status_code == 403
    reader.post(url("merchandisingrule_changelist"), {"action": "switch_off", "_selected_action": [rule.pk]})
    rule.refresh_from_db()
    assert (rule.value, rule.is_active) == ("Lights", True)


def test_another_shops_rules_are_not_there(admin: Client, lamp: Product) -> None:
    other = make(shop="elsewhere")
    assert standings(admin) == {}
    assert admin.get(url("merchandisingrule_change", other.pk)).status_code == 302
