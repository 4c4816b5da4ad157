from __future__ import annotations

from typing import Any

import pytest

from tests.cast import NOW
from tests.sources.zoo.models import Keeper
from tests.statements import reading

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.rest.base.farm")]


@pytest.fixture
def keepers() -> list[Keeper]:
    """Seven, of whom most joined at the same moment."""
    made = [Keeper(name=name, joined=NOW if name != "d" else NOW.replace(year=2025)) for name in "abcdefg"]
    return Keeper.objects.bulk_create(made)


def names(page: dict[str, Any]) -> str:
    return "".join(row["name"] for row in page["results"])


def walk(api: Any, address: str, way: str = "next") -> list[str]:
    pages = []
    while address:
        page = api.get(address).json()
        pages.append(names(page))
        address = page[way]
    return pages


def test_forth_and_back(api, keepers) -> None:
    page = api.get("/keepers/?page_size=3").json()
    assert (names(page), page["previous"]) == ("abc", None)
    assert walk(api, "/keepers/?page_size=3") == ["abc", "def", "g"]
    last = api.get(api.get(page["next"]).json()["next"])
    assert walk(api, last.json()["previous"], "previous") == ["def", "abc"]


def test_rows_of_the_same_value_are_told_apart_by_the_last_column(api, keepers) -> None:
    pages = walk(api, "/keepers/?page_size=2&order_by=joined")
    assert [len(page) for page in pages] == [2, 2, 2, 1]
    assert pages[0][0] == "d"
    assert sorted("".join(pages)) == list("abcdefg")
    assert "".join(walk(api, "/keepers/?page_size=2&order_by=-joined")) == "".join(pages)[::-1]


def test_rows_that_come_and_go_move_nobody(api, keepers) -> None:
    page = api.get("/keepers/?page_size=3").json()
    Keeper.objects.filter(name__in="ac").delete()
    Keeper.objects.create(name="aa")
    later = api.get(page["next"]).json()
    assert names(later) == "def"
    assert names(api.get(later["previous"]).json()) == "aab"
    Keeper.objects.filter(name__gte="b").delete()
    empty = api.get(later["next"]).json()
    assert (empty["results"], empty["next"]) == ([], None)
    assert walk(api, empty["previous"]) == ["aa"]


def test_other_parameters_stay_in_the_links(api, keepers) -> None:
    following = api.get("/keepers/?page_size=1&born_after=1900&order_by=joined").json()
    assert following["next"] is None
    assert "order_by=name" in api.get("/keepers/?page_size=1&order_by=name").json()["next"]


def test_cursors_of_others_and_odd_sizes_are_refused(api, keepers) -> None:
    cursor = api.get("/keepers/?page_size=3").json()["next"].partition("cursor=")[2].partition("&")[0]
    odd = ["cursor=x", "cursor=", "cursor=%C5%BC:a:b", f"cursor={cursor}&order_by=joined", f"cursor=a{cursor}"]
    odd += ["page_size=0", "page_size=-1", "page_size=x", "page_size=%C2%B2", "page_size=9999999999999", "order_by=email"]
    for query in odd:
        response = api.get(f"/keepers/?{query}")
        assert (response.status_code, response.json()["errors"][0]["parameter"]) == (400, query.partition("=")[0]), query
    assert api.get("/keepers/?page_size=100000").status_code == 200


def test_a_page_is_one_query(api, keepers) -> None:
    following = api.get("/keepers/?page_size=3").json()["next"]
    with reading(3):  # session, user, the page
        api.get(following)
