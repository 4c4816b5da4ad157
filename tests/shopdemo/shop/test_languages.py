from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils.translation import override

from shopdemo.shop.countries import country_choices, country_name
from shopdemo.shop.templatetags.shop import money

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "lang", "words", "price"),
    [
        ("fr", "fr", ("Plus que 3 en stock", "Ajouter au panier", "Luminaires et bougies"), "1,25\xa0£GB"),
        ("pl", "pl", ("Zostały tylko 3 sztuki", "Dodaj do koszyka", "Światło i świece"), "1,25\xa0GBP"),
        ("zh-hans", "zh-hans", ("仅剩 3 件", "加入购物车", "灯饰与蜡烛"), "£1.25"),
        ("zh-hant", "zh-hant", ("僅剩 3 件", "加入購物車", "燈飾與蠟燭"), "£1.25"),
    ],
)
def test_the_switch_speaks_another_language(
    client: Client, shop: SimpleNamespace, language: str, lang: str, words: tuple[str, ...], price: str
) -> None:
    address = f"/product/{shop.lantern.pk}/paper-lantern/"
    answer = client.post("/i18n/setlang/", {"language": language, "next": address})
    assert answer["Location"] == address
    page = client.get(address).content.decode()
    assert f'<html lang="{lang}">' in page
    assert [word for word in (*words, price) if word not in page] == []
    assert "PAPER LANTERN" in page


def test_the_switch_stays_within_the_shop_and_needs_the_token(client: Client) -> None:
    assert client.post("/i18n/setlang/", {"language": "fr", "next": "https://evil.test/"})["Location"] == "/"
    assert client.post("/i18n/setlang/", {"language": "tlh", "next": "/cart/"}).cookies.get("django_language") is None
    assert Client(enforce_csrf_checks=True).post("/i18n/setlang/", {"language": "fr"}).status_code == 403


def test_money_and_countries_are_written_as_the_language_does() -> None:
    with override("en"):
        assert (money(1234), money(5, "EUR"), country_name("DE")) == ("£1,234.00", "€5.00", "Germany")
    with override("pl"):
        assert (country_name("DE"), country_name("XX")) == ("Niemcy", "XX")
    with override("zh-hant"):
        assert country_name("TW") == "台灣"
        assert {"EU", "ZZ"} & dict(country_choices()).keys() == set()


@pytest.mark.parametrize("language", ["fr", "pl", "zh-hans", "zh-hant"])
def test_no_page_is_half_translated(client: Client, shop: SimpleNamespace, language: str) -> None:
    """A language's home page shares no sentence with the English one."""
    english = client.get("/").content.decode()
    client.post("/i18n/setlang/", {"language": language})
    page = client.get("/").content.decode()
    for text in ("Shop by category", "Gifts by price", "Small gifts", "Delivery and returns", "Log in", "Wishlist"):
        assert text in english
        assert text not in page
