"""`{% recommend %}` and `{% recommendations %}`: lists of products on pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpRequest
from django.template import Context, Template
from django.test import RequestFactory

from personalization.models import MerchandisingRule
from shopdemo.shop.models import Category, Product
from tests.personalization.recommend.making import make_version, of_everyone, of_product
from tests.statements import reading

TITLES = (
    "{% load personalization %}{% recommend 'best_sellers' limit=2 as products %}{{ products.heading }}:"
    "{% for one in products %} {{ one.position }} {{ one.title }} {{ one.price_text }} {{ one.reason }};{% endfor %}"
)
SECTION = "{% load personalization %}{% recommendations strategy limit=limit %}"


@pytest.fixture
def lamps(db: None, personalize: Any) -> list[Product]:
    """Four lamps, which may all stand in a list."""
    personalize(CATEGORY_CAP=None)
    category = Category.objects.create(name="Lamps", slug="lamps")
    return [
        Product.objects.create(code=f"L{n}", title=f"Lamp <{n}>", category=category, price="12.50", stock=1) for n in range(4)
    ]


@pytest.fixture
def trained(lamps: list[Product]) -> None:
    """All are best sellers, in their order."""
    make_version(of_everyone(best=[str(lamp.pk) for lamp in lamps]))


def drawn(text: str, request: HttpRequest | None = None, **context: Any) -> str:
    return Template(text).render(Context({"request": request, **context}))


@pytest.mark.django_db
def test_a_page_goes_over_the_products(trained: None) -> None:
    assert drawn(TITLES) == (
        "Best sellers: 1 Lamp &lt;0&gt; 12.50\xa0GBP Best seller; 2 Lamp &lt;1&gt; 12.50\xa0GBP Best seller;"
    )


@pytest.mark.django_db
def test_what_one_list_shows_the_next_does_not(trained: None) -> None:
    page = drawn(TITLES + "|" + TITLES, RequestFactory().get("/"))
    assert [part.count("Lamp &lt;") for part in page.split("|")] == [2, 2]
    assert all(page.count(f"Lamp &lt;{number}&gt;") == 1 for number in range(4))


@pytest.mark.django_db
def test_a_section_has_a_heading_and_reasons(trained: None) -> None:
    page = drawn(SECTION, strategy="best_sellers", limit=3)
    assert page.startswith('<section class="rg-recommendations" aria-label="Best sellers"')
    assert page.count('<p class="rg-reason">Best seller</p>') == 3
    assert "Lamp &lt;0&gt;" in page
    named = drawn("{% load personalization %}{% recommendations 'best_sellers' heading=title %}", title="For <all>")
    assert '<h2 class="rg-heading">For &lt;all&gt;</h2>' in named


@pytest.mark.django_db
@pytest.mark.parametrize(("strategy", "limit"), [("nonsense", 3), ("best_sellers", 0), ("best_sellers", "x"), ("for_you", 0)])
def test_a_mistake_is_told_to_developers_alone(
    trained: None, settings: Any, strategy: str, limit: Any, caplog: pytest.LogCaptureFixture
) -> None:
    assert drawn(SECTION, strategy=strategy, limit=limit).strip() == ""
    assert f"{strategy} cannot be recommended" in caplog.text
    settings.DEBUG = True
    assert drawn(SECTION, strategy=strategy, limit=limit).strip().startswith("<!-- ")


@pytest.mark.django_db
def test_an_empty_list_is_no_section(lamps: list[Product], settings: Any) -> None:
    settings.DEBUG = True
    assert drawn(SECTION, strategy="best_sellers", limit=3).strip() == ""


@pytest.mark.django_db
def test_a_page_says_what_it_is_about_and_what_is_in_the_cart(lamps: list[Product]) -> None:
    ids = [str(lamp.pk) for lamp in lamps]
    make_version(of_product(ids[0], together=ids[1:]))
    tag = "{% load personalization %}{% recommend 'bought_together' product=lamp as found %}"
    text = tag + "{% for one in found %}{{ one.id }} {% endfor %}"
    assert drawn(text, lamp=lamps[0]).split() == ids[1:]
    assert drawn(text, lamp=lamps[0].pk).split() == ids[1:]
    assert drawn(text, lamp=None).split() == []


@pytest.mark.django_db
def test_two_queries_when_cold_and_none_when_warm(trained: None, django_assert_num_queries: Any) -> None:
    MerchandisingRule.objects.create(action="exclude", value="0")
    with reading(3):  # a process that has read no rules yet reads them once
        drawn(TITLES)
    with django_assert_num_queries(0):
        drawn(TITLES)
