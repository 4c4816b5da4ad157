"""What pages recommend, by lists that are written by hand."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from personalization.recommend.keys import EVERYONE, country_key, person_key, product_key, query_key, shelf_key
from personalization.recommend.listed import Part
from segmentation.models import Profile
from shopdemo.shop.models import Product, WishlistItem
from tests.shopdemo.shop.conftest import NOW, product
from tests.shopdemo.shop.trained import trained
from tests.statements import reading

pytestmark = pytest.mark.django_db

SECTION = re.compile(r'<section class="row recommended" aria-labelledby="(\w+)".*?</section>', re.DOTALL)
TITLE = re.compile(r'<span class="title">(.*?)</span>')
REASON = re.compile(r'<p class="because">(.*?)</p>')


def rows(client: Client, address: str, status: int = 200) -> dict[str, list[tuple[str, str]]]:
    """Each list of a page by its id: (title, reason), and none of them twice."""
    answer = client.get(address)
    assert answer.status_code == status
    sections = SECTION.finditer(answer.content.decode())
    found = {each[1]: list(zip(TITLE.findall(each[0]), REASON.findall(each[0]), strict=True)) for each in sections}
    titles = [title for section in found.values() for title, _ in section]
    assert len(set(titles)) == len(titles)
    return found


def heading(client: Client, address: str, name: str) -> str:
    (found,) = re.findall(rf'<h2 id="{name}">(.*?)</h2>', client.get(address).content.decode())
    return str(found)


@pytest.fixture
def stock(shop: SimpleNamespace) -> SimpleNamespace:
    """The shop, with jugs 0 to 9 of no category beside; jug 8 is sold out, jug 9 not for sale."""
    fields: dict[int, dict[str, object]] = {8: {"stock": 0}, 9: {"is_active": False}}
    shop.jugs = [product(f"J{n}", f"JUG {n}", f"{n + 1}.00", **fields.get(n, {})) for n in range(10)]
    return shop


def follow(shop: SimpleNamespace, word: bool | None = True) -> str:
    """Ann said yes or no to profiling; her key."""
    return Profile.objects.create(
        kind="user", customer_id=str(shop.ann.pk), key=f"user:{shop.ann.pk}", profiling=word, created_at=NOW
    ).key


def test_a_visitor_sees_what_is_popular_and_new(client: Client, stock: SimpleNamespace) -> None:
    jugs = stock.jugs
    trained(
        {
            country_key("GB"): {Part.TRENDING: [jugs[8], jugs[9], jugs[0], jugs[1]]},
            EVERYONE: {Part.TRENDING: [jugs[2]], Part.BEST: [jugs[3]]},
            shelf_key("new_arrivals"): {Part.ITEMS: [jugs[0], jugs[4]]},
        }
    )
    assert rows(client, "/") == {
        "discovered": [
            ("Jug 0", "Popular right now (United Kingdom)"),
            ("Jug 1", "Popular right now (United Kingdom)"),
            ("Jug 2", "Popular right now"),
            ("Jug 3", "Best seller"),
        ],
        "arrived": [("Jug 4", "New in the shop")],
    }
    assert heading(client, "/", "discovered") == "Popular where you are"


def test_a_customer_sees_what_is_new_to_her_and_what_she_buys(ann: Client, stock: SimpleNamespace) -> None:
    jugs = stock.jugs
    trained(
        {
            person_key(follow(stock)): {Part.NEW: jugs[:2], Part.AGAIN: [jugs[2]], Part.BOUGHT: [jugs[2]]},
            country_key("FR"): {Part.TRENDING: [jugs[2], jugs[3], jugs[4]]},
        }
    )
    found = rows(ann, "/")
    assert [title for title, _ in found["discovered"]] == ["Jug 0", "Jug 1", "Jug 3", "Jug 4"]
    assert found["again"] == [("Jug 2", "You bought it before")]
    assert "arrived" not in found
    assert heading(ann, "/", "discovered") == "Discover something new"
    account = rows(ann, "/account/")
    assert [title for title, _ in account["discovered"]][:2] == ["Jug 0", "Jug 1"]
    assert account["again"] == [("Jug 2", "You bought it before")]


def test_of_whoever_refuses_no_history_is_shown(ann: Client, stock: SimpleNamespace) -> None:
    jugs = stock.jugs
    mine = {Part.NEXT: jugs[:2], Part.NEW: jugs[:2], Part.AGAIN: jugs[:2], Part.BOUGHT: jugs[:2]}
    trained(
        {
            person_key(follow(stock, word=False)): mine,
            country_key("FR"): {Part.TRENDING: [jugs[3]]},
            product_key(str(stock.cup.pk)): {Part.TOGETHER: [jugs[4]]},
        }
    )
    french = ("Jug 3", "Popular right now (France)")
    assert rows(ann, "/") == {"discovered": [french]}
    assert rows(ann, "/account/") == {"discovered": [french]}
    assert rows(ann, "/cart/") == {"looked": [french]}
    assert rows(ann, f"/product/{stock.cup.pk}/blue-cup/") == {"together": [("Jug 4", "Often bought together with Blue cup")]}


def test_a_product_stands_beside_what_goes_with_it_and_what_is_like_it(client: Client, stock: SimpleNamespace) -> None:
    jugs, cup = stock.jugs, stock.cup
    trained(
        {
            product_key(str(cup.pk)): {
                Part.TOGETHER: [cup, jugs[8], *jugs[:4], stock.lamp],
                Part.SIMILAR: [jugs[0], jugs[9], jugs[5]],
            }
        }
    )
    found = rows(client, f"/product/{cup.pk}/blue-cup/")
    assert found["together"] == [(f"Jug {n}", "Often bought together with Blue cup") for n in range(4)]
    assert found["similar"][0] == ("Jug 5", "Similar to Blue cup")


def test_two_of_a_kind_are_enough_but_not_of_what_is_alike_anyway(client: Client, stock: SimpleNamespace) -> None:
    cups = [product(f"K{n}", f"CUP {n}", "4.00", stock.kitchen) for n in range(6)]
    trained({product_key(str(stock.cup.pk)): {Part.TOGETHER: [*cups, stock.lamp], Part.SIMILAR: cups}})
    found = rows(client, f"/product/{stock.cup.pk}/blue-cup/")
    assert [title for title, _ in found["together"]] == ["Cup 0", "Cup 1", "Red lamp"]
    assert [title for title, _ in found["similar"]] == ["Cup 2", "Cup 3", "Cup 4", "Cup 5"]


def test_beside_what_is_sold_out_stands_what_could_be_bought_in_its_place(client: Client, stock: SimpleNamespace) -> None:
    row = {Part.TOGETHER: [stock.lamp], Part.SIMILAR: [stock.cup]}
    trained({product_key(str(stock.gone.pk)): row})
    found = rows(client, f"/product/{stock.gone.pk}/green-cup/")
    assert found["similar"][0] == ("Blue cup", "Similar to Green cup")
    assert "together" not in found


def test_a_cart_gets_what_goes_with_it_and_what_makes_delivery_free(client: Client, stock: SimpleNamespace) -> None:
    dear = [product(f"D{n}", f"VASE {n}", price, stock.kitchen) for n, price in enumerate(("36.00", "35.99", "50.00"))]
    trained({product_key(str(stock.cup.pk)): {Part.TOGETHER: [stock.jugs[0], *dear, stock.cup]}})
    client.post(f"/cart/add/{stock.cup.pk}/", {"quantity": 1})
    found = rows(client, "/cart/")
    free = "Goes with Blue cup, and makes delivery free"
    assert found["filling"] == [("Vase 0", free), ("Vase 2", free)]
    goes = "Goes with Blue cup in your cart"
    assert found["fitting"] == [("Jug 0", goes), ("Vase 1", goes)]
    client.post(f"/cart/add/{dear[2].pk}/", {"quantity": 1})
    assert "filling" not in rows(client, "/cart/")


def test_an_empty_cart_is_not_the_end(ann: Client, stock: SimpleNamespace) -> None:
    trained(
        {
            person_key(follow(stock)): {Part.AGAIN: [stock.cup], Part.BOUGHT: [stock.cup]},
            EVERYONE: {Part.BEST: [stock.cup, stock.lamp]},
        }
    )
    assert rows(ann, "/cart/") == {"again": [("Blue cup", "You bought it before")], "looked": [("Red lamp", "Best seller")]}


def test_wishes_lead_to_others_and_say_when_they_run_out(ann: Client, stock: SimpleNamespace) -> None:
    for wish in (stock.lantern, stock.cup, stock.gone, stock.old):
        WishlistItem.objects.create(user=stock.ann, product=wish)
    trained({product_key(str(stock.cup.pk)): {Part.TOGETHER: [stock.lantern, stock.lamp]}})
    assert rows(ann, "/account/wishlist/") == {"wished": [("Red lamp", "Because Blue cup is on your wishlist")]}
    few = "On your wishlist, and only a few are left"
    assert rows(ann, "/account/") == {"ending": [("Paper lantern", few)]}


def test_a_search_shows_what_others_found_and_popular_things_where_nothing_fits(client: Client, stock: SimpleNamespace) -> None:
    trained({query_key("lamp"): {Part.ITEMS: [stock.lamp, stock.lantern]}, EVERYONE: {Part.TRENDING: [stock.cup]}})
    assert rows(client, "/search/?q=Lamp")["found"] == [
        ("Paper lantern", "Bought by people who searched for “Lamp”"),
        ("Blue cup", "Popular right now"),
    ]
    assert rows(client, "/search/?q=nothing") == {"found": [("Blue cup", "Popular right now")]}
    for number in range(12):
        product(f"N{number}", f"NICE LAMP {number}", "3.00", stock.lights)
    assert rows(client, "/search/?q=lamp") == {}


def test_what_is_not_there_leads_to_what_sells_best(client: Client, stock: SimpleNamespace) -> None:
    trained({EVERYONE: {Part.BEST: [stock.old, stock.lamp]}})
    assert rows(client, "/category/nope/", status=404) == {"sellers": [("Red lamp", "Best seller")]}


def test_a_sale_and_the_place_in_the_list_stand_on_the_card(client: Client, stock: SimpleNamespace) -> None:
    Product.objects.filter(pk=stock.lamp.pk).update(list_price="12.50")
    trained({EVERYONE: {Part.BEST: [stock.cup, stock.lamp]}})
    page = client.get("/category/nope/").content.decode()
    assert '<s class="before"><span class="hidden">before the sale: </span>£12.50</s>' in page
    assert re.findall(r'data-rg-place="(\d)"', page) == ["1", "2"]
    assert page.count('class="before"') == 1
    assert len(re.findall(r'data-rg-shown="[\w-]{38}"', page)) == 1


def test_lists_are_read_once_and_remembered(ann: Client, stock: SimpleNamespace) -> None:
    mine = {Part.NEW: stock.jugs[:4], Part.AGAIN: stock.jugs[4:6], Part.BOUGHT: stock.jugs[4:6]}
    trained({person_key(follow(stock)): mine, country_key("FR"): {Part.TRENDING: stock.jugs[6:8]}})
    ann.get("/delivery-and-returns/")
    with CaptureQueriesContext(connection) as cold, reading(9):
        ann.get("/")
    with reading(5):
        ann.get("/")
    told = " ".join(query["sql"] for query in cold.captured_queries)
    assert told.count('FROM "regulars_personalization_recommenderversion"') == 1
