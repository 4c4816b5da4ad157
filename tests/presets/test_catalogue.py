from __future__ import annotations

import string
from pathlib import Path

import pytest
from django.conf import settings

from segmentation.engine.shop import active_shop
from segmentation.errors import SegmentError
from segmentation.presets import FAMILIES, PRESETS, Preset, PresetFamily, lacks, preset_called
from segmentation.rules import format_rule, parse
from shopdemo.source import DemoSource
from tests.presets.sql import CONDITIONS

DOCS = Path(settings.BASE_DIR, "docs", "presets.md")
EVERY = pytest.mark.parametrize("preset", PRESETS.values(), ids=lambda preset: preset.slug)
STAND_INS = {"country": "GB"}


class CustomersAndOrders(DemoSource):
    """Knows no coupons, and nothing but who bought."""

    activity = None
    orders = DemoSource.orders.replace(coupon_code=None)
    order_lines = None
    products = None
    refunds = None
    carts = None
    cart_lines = None
    wishlist_items = None


def values_of(preset: Preset) -> dict[str, str]:
    return {name: STAND_INS[name] for name in preset.unset()}


def in_braces(*texts: str) -> set[str]:
    return {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name}


def test_there_are_all_that_orders_customers_carts_wishlists_and_activity_give() -> None:
    assert list(PRESETS) == [
        "bought-lately",
        "lapsed",
        "new-customers",
        "dormant",
        "winnable",
        "lost",
        "never-bought",
        "one-time-buyers",
        "repeat-buyers",
        "loyal",
        "wide-range-buyers",
        "big-spenders",
        "high-average-order",
        "low-average-order",
        "coupon-lovers",
        "bargain-buyers",
        "returns-heavy",
        "abandoned-basket",
        "open-basket",
        "wishes-running-low",
        "browse-abandoners",
        "curious-prospects",
        "indecisive-prospects",
        "all-prospects",
        "mobile-shoppers",
        "email-lovers",
        "search-lovers",
        "social-lovers",
        "engagement-high",
        "engagement-fading",
        "at-home",
        "abroad",
        "country-{country}",
        "birthday-soon",
        "subscribers-never-bought",
    ]
    assert sum(len(family.presets) for family in FAMILIES.values()) == len(PRESETS)


def test_each_has_an_answer_in_sql() -> None:
    assert {preset.slug_for({"country": "FR"} if preset.unset() else None) for preset in PRESETS.values()} == CONDITIONS.keys()


@EVERY
def test_each_is_written_as_the_language_writes_it(preset: Preset) -> None:
    text = preset.text(values_of(preset))
    assert format_rule(parse(text)) == text


@EVERY
def test_each_parameter_stands_in_the_rule(preset: Preset) -> None:
    assert in_braces(preset.template) == {parameter.name for parameter in preset.parameters} >= in_braces(preset.slug)


@EVERY
def test_each_says_what_it_is_for(preset: Preset) -> None:
    assert preset.name_for(values_of(preset))
    assert str(preset.purpose).endswith(".")
    assert str(preset.action).endswith(".")
    assert all(str(parameter.label) for parameter in preset.parameters)


@EVERY
def test_the_demo_shop_can_have_each(preset: Preset) -> None:
    assert lacks(preset, active_shop()) == ""


def test_a_shop_that_maps_less_can_have_less(use_source) -> None:
    use_source(CustomersAndOrders)
    shop = active_shop()
    found = {slug: why for slug, preset in PRESETS.items() if (why := lacks(preset, shop))}
    lacked = {
        "wide-range-buyers": "order_lines",
        "coupon-lovers": "coupon_code",
        "bargain-buyers": "order_lines",
        "returns-heavy": "refunds",
        "abandoned-basket": "carts",
        "open-basket": "carts",
        "wishes-running-low": "wishlist_items",
        **{preset.slug: "events" for preset in FAMILIES["activity"].presets},
    }
    assert found.keys() == lacked.keys()
    assert [slug for slug, name in lacked.items() if name not in found[slug]] == []


def test_a_preset_by_its_slug() -> None:
    assert preset_called("loyal") is PRESETS["loyal"]
    with pytest.raises(SegmentError, match=r"^there is no preset called vip$"):
        preset_called("vip")


def settings_of(preset: Preset) -> str:
    """Each parameter with its default, and what it is where its name does not say so."""
    said = [
        f"`{one.name}={one.default or '…'}`" + (f" ({one.label})" if one.label != one.name else "") for one in preset.parameters
    ]
    return ", ".join(said) or "none"


def rows_of(family: PresetFamily) -> str:
    """The table of docs/presets.md of a family."""
    rows = [f"### {family.label}", "", "| preset | rule | parameters | for |", "|--|--|--|--|"]
    for preset in family.presets:
        purpose = f"{preset.purpose} {preset.action}"
        rows.append(f"| `{preset.slug}` | `{preset.template}` | {settings_of(preset)} | {purpose} |")
    return "\n".join(rows) + "\n"


@pytest.mark.parametrize("family", FAMILIES.values(), ids=list(FAMILIES))
def test_the_docs_list_them(family: PresetFamily) -> None:
    assert rows_of(family) in DOCS.read_text()
