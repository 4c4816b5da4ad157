from __future__ import annotations

import pytest

from shopdemo.loader.articles import articles_of
from shopdemo.loader.categories import CATEGORIES, KEYWORDS, OTHER, category_of
from shopdemo.loader.invoices import Invoice
from shopdemo.loader.sorting import Sort, sorted_out


@pytest.mark.parametrize(
    ("title", "category"),
    [
        ("WHITE HANGING HEART T-LIGHT HOLDER", "Lighting & Candles"),
        ("SET OF 3 CHRISTMAS CANDLES", "Christmas"),
        ("CHOCOLATE HOT WATER BOTTLE", "Bath & Wellbeing"),
        ("PACK OF 72 RETROSPOT CAKE CASES", "Kitchen & Dining"),
        ("JUMBO BAG RED RETROSPOT", "Bags & Travel"),
        ("PARTY BUNTING", "Party & Celebrations"),
        ("SILVER HOOP EARRINGS", "Jewellery & Accessories"),
        ("Boys' jigsaw", "Toys & Crafts"),
        ("GREEN WHATSIT", "Other"),
        ("SPRINGTIME", "Other"),
        ("", "Other"),
    ],
)
def test_the_first_keyword_names_the_category(title: str, category: str) -> None:
    assert category_of(title) == category


def test_every_row_names_a_category_and_every_category_has_a_row() -> None:
    assert {category for category, _ in KEYWORDS} | {OTHER} == set(CATEGORIES)


def test_little_of_the_shop_is_other(invoices: list[Invoice]) -> None:
    found = sorted_out(invoices)
    articles = articles_of([*found[Sort.ORDER], *found[Sort.GUEST_ORDER]])
    other = [article for article in articles if article.category == OTHER]
    assert len(articles) == 3_796
    assert len(other) < 0.01 * len(articles)
