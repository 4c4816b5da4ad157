from __future__ import annotations

from personalization.recommend.learning.rescore import Bought, rescore
from personalization.recommend.listed import Listed, Part
from tests.personalization.recommend.learning.bought import DAY

NEIGHBOURS = {
    "tea": {Part.TOGETHER: [Listed("cup", 2.0), Listed("pot", 1.0)]},
    "milk": {Part.TOGETHER: [Listed("pot", 4.0)], Part.SIMILAR: [Listed("cream", 9.0)]},
    "lamp": {Part.SIMILAR: [Listed("bulb", 1.0)]},
}
POPULAR = [Listed("star", 10.0), Listed("tea", 5.0)]


def products(listed: object) -> list[str]:
    return [one.product for one in listed]  # type: ignore[attr-defined]


def test_all_parts_of_one_person() -> None:
    history = [Bought("tea", 0), Bought("tea", 10 * DAY), Bought("milk", 10 * DAY), Bought("lamp", 0)]
    lists = rescore(history, NEIGHBOURS, POPULAR, now=20 * DAY)
    assert products(lists[Part.BOUGHT]) == ["milk", "tea", "lamp"]
    assert products(lists[Part.NEXT])[0] == "tea"
    assert products(lists[Part.NEW]) == ["pot", "cup", "bulb", "star"]
    assert {one.product: one.because for one in lists[Part.NEW]} == {"pot": "milk", "cup": "tea", "bulb": "lamp", "star": ""}
    assert products(lists[Part.AGAIN]) == ["tea", "lamp"]


def test_what_was_just_bought_is_not_due_again() -> None:
    history = [Bought("tea", 0), Bought("tea", 10 * DAY)]
    assert products(rescore(history, {}, [], now=14 * DAY)[Part.AGAIN]) == []
    assert products(rescore(history, {}, [], now=15 * DAY)[Part.AGAIN]) == ["tea"]


def test_habits_halve_as_the_version_learned() -> None:
    settings = {"next": {"parts": [{"model": "frequency", "half_life": 10 * DAY}]}}
    history = [Bought("tea", 0), Bought("tea", 1), Bought("milk", 20 * DAY)]
    assert products(rescore(history, {}, [], now=20 * DAY, settings=settings)[Part.NEXT]) == ["milk", "tea"]
    assert products(rescore(history, {}, [], now=20 * DAY)[Part.NEXT]) == ["tea", "milk"]


def test_nothing_twice_where_nobody_buys_twice() -> None:
    settings = {"next": {"parts": [], "only_new": True}}
    lists = rescore([Bought("tea", 0)], NEIGHBOURS, POPULAR, now=1, settings=settings)
    assert products(lists[Part.NEXT]) == ["cup", "pot", "star"]


def test_lines_of_no_quantity_and_of_later_do_not_count() -> None:
    lists = rescore([Bought("tea", 0, 0.0), Bought("milk", 9)], NEIGHBOURS, POPULAR, now=5)
    assert lists[Part.BOUGHT] == []
    assert products(lists[Part.NEXT]) == ["star", "tea"]


def test_nobody_bought_nothing() -> None:
    assert rescore([], {}, [], now=0) == {Part.NEXT: [], Part.NEW: [], Part.AGAIN: [], Part.BOUGHT: []}
