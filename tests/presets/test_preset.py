from __future__ import annotations

import pytest
from django.utils import translation

from segmentation.errors import SegmentError
from segmentation.presets import Parameter, Preset

PRESET = Preset(
    "from-{country}-{days}",
    "From %(country)s in %(days)s days",
    "customer.country = {country} and orders.count(last {days} days) >= 1",
    "Customers of a country.",
    "Write to them.",
    (Parameter("country", None, "country", is_text=True), Parameter("days", "30", "days")),
)


def test_defaults_stand_where_nothing_is_set() -> None:
    assert PRESET.text({"country": "FR"}) == 'customer.country = "FR" and orders.count(last 30 days) >= 1'
    assert PRESET.slug_for({"country": "FR"}) == "from-fr-30"
    assert PRESET.name_for({"country": "FR"}) == "From FR in 30 days"


def test_what_is_set_stands_instead() -> None:
    assert PRESET.text({"country": "PL", "days": "7"}) == 'customer.country = "PL" and orders.count(last 7 days) >= 1'
    assert PRESET.name_for({"country": "PL", "days": "7"}) == "From PL in 7 days"


@pytest.mark.parametrize(
    ("country", "spelled", "slug"),
    [
        ('a" or orders.count() >= "0', r'"a\" or orders.count() >= \"0"', "from-a-or-orderscount-0-30"),
        ("{days}", '"{days}"', "from-days-30"),
        ("Côte d'Ivoire", '"Côte d\'Ivoire"', "from-cote-divoire-30"),
        ("100%s", '"100%s"', "from-100s-30"),
    ],
)
def test_a_text_stays_one_text(country: str, spelled: str, slug: str) -> None:
    assert PRESET.text({"country": country}) == f"customer.country = {spelled} and orders.count(last 30 days) >= 1"
    assert PRESET.slug_for({"country": country}) == slug
    assert PRESET.name_for({"country": country}) == f"From {country} in 30 days"


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({}, "from-{country}-{days} needs a value for country"),
        ({"country": "FR", "hours": "2", "age": "9"}, "from-{country}-{days} has no parameter age, hours"),
        ({"country": " "}, "from-{country}-{days}: “ ” is no text for country"),
        ({"country": "F\x00R"}, "from-{country}-{days}: “F\x00R” is no text for country"),
        ({"country": "FR", "days": "many"}, "from-{country}-{days}: “many” is no number for days"),
        ({"country": "FR", "days": "1) or ("}, "from-{country}-{days}: “1) or (” is no number for days"),
    ],
)
def test_values_that_do_not_fit(values: dict[str, str], message: str) -> None:
    for ask in (PRESET.text, PRESET.slug_for, PRESET.name_for):
        with pytest.raises(SegmentError) as caught:
            ask(values)
        assert str(caught.value) == message


def test_what_must_be_set() -> None:
    assert PRESET.unset() == PRESET.unset({"days": "7"}) == ["country"]
    assert PRESET.unset({"country": "FR"}) == []


def test_the_name_is_in_the_language_of_the_moment() -> None:
    preset = Preset("a", translation.gettext_lazy("Monday"), "orders.count() = 0", "", "")
    assert preset.name_for() == "Monday"
    with translation.override("fr"):
        assert preset.name_for() == "lundi"
