from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest

from personalization.content.at_hand import AtHand, at_hand, read
from tests.personalization.content.making import NOW


def test_a_template_gives_ids_rows_and_lines() -> None:
    lamp, vase = SimpleNamespace(pk=7), SimpleNamespace(pk=8)
    lines = [SimpleNamespace(product=lamp), SimpleNamespace(product=vase), SimpleNamespace(product=lamp)]
    assert at_hand(NOW, product=lamp, basket=lines, wishes=[9, "10"], query="red lamp", missing="4.50") == AtHand(
        now=NOW, product=("7",), basket=("7", "8"), wishes=("9", "10"), query="red lamp", missing=Decimal("4.50")
    )
    assert at_hand(NOW, product=None, query=None, missing="") == AtHand(now=NOW)


def test_what_is_written_is_read_again() -> None:
    at = at_hand(NOW, product="A&B=ü", basket=["8", "9"], wishes=[1], query="red & blue?", missing=Decimal("0.5"))
    assert read(at.text, NOW) == at
    assert at_hand(NOW, product=7, basket=[8, 9]).text == "product=7&basket=8,9"
    assert AtHand(now=NOW).text == ""


def test_the_cart_the_wishes_and_what_is_missing_are_somebodys() -> None:
    for given in ({"basket": [1]}, {"wishes": [1]}, {"missing": 0}):
        at = at_hand(NOW, SimpleNamespace(), product=7, query="lamp", **given)
        assert at.is_personal
        assert at.public == AtHand(now=NOW, product=("7",), query="lamp")
    assert not at_hand(NOW, product=7, query="lamp").is_personal


def test_an_address_has_room_for_so_much() -> None:
    at = at_hand(NOW, product=["x" * 60, "y" * 60, "z"], basket=range(1_000), wishes=["a b", "c,d", "e" * 101], query="q" * 500)
    text = at.text
    assert len(text) < 600
    found = read(text, NOW)
    assert found.product == ("x" * 60,)
    assert found.basket[:3] == ("0", "1", "2")
    assert 70 < len(found.basket) < 110
    assert (found.wishes, found.query) == ((), "q" * 100)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "nonsense",
        "&" * 900,
        "product=&basket=,,&missing=",
        "product=a b&missing=-1",
        "product=a%00b",
        "missing=1e999999&missing=NaN",
        "missing=" + "9" * 50,
        "now=2020&page=x&limit=99",
        "%FF%FE=%80",
    ],
)
def test_what_makes_no_sense_is_left_out(said: str) -> None:
    assert read(said, NOW) == AtHand(now=NOW)


def test_the_last_word_counts_and_no_more_than_fits_is_read() -> None:
    assert read("product=7&product=8", NOW).product == ("8",)
    assert read(urlencode({"query": "x" * 5_000, "product": "7"}), NOW) == AtHand(now=NOW, query="x" * 100)
    assert len(read("basket=" + ",".join(map(str, range(10_000))), NOW).basket) < 110
