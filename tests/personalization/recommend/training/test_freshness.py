from __future__ import annotations

from datetime import timedelta

import pytest

from personalization.models import RecommendationList, RecommenderVersion
from personalization.recommend.keys import EVERYONE, person_key, product_key
from personalization.recommend.listed import Listed, Part
from personalization.recommend.lists import read_lists, write_lists
from personalization.recommend.training import freshness
from personalization.recommend.training.freshness import refresh_people, refresh_popularity
from segmentation.models import Purpose
from segmentation.profiles.consents import say
from tests.cast import NOW, add_line, key_of, place_order, profile_of

State = RecommenderVersion.State
LATER = NOW + timedelta(hours=1)


def lists_of(key: str):
    return read_lists("default", [key])[1].get(key)


def test_nothing_without_a_version(bought, version, django_assert_num_queries):
    version(1, State.READY)
    with django_assert_num_queries(1):
        refresh_popularity(now=NOW)
    with django_assert_num_queries(1):
        refresh_people(["user:1"], now=NOW)
    assert not RecommendationList.objects.exists()


def test_what_is_popular_is_made_anew(bought, cast, version):
    active = version(1)
    write_lists(active, [(EVERYONE, {Part.BEST: []}), ("person:user:1", {Part.NEXT: [Listed("kept")]})])
    assert lists_of(EVERYONE) == {Part.BEST: []}

    refresh_popularity(now=LATER)
    assert {one.product for one in lists_of(EVERYONE)[Part.BEST]} == set(bought)
    assert lists_of("person:user:1") == {Part.NEXT: [Listed("kept")]}
    assert set(active.lists.values_list("key", flat=True)) >= {EVERYONE, "shelf:on_sale"}
    active.refresh_from_db()
    assert (active.popular_at, active.state) == (LATER, State.ACTIVE)


def test_groups_of_too_few_people_have_no_lists_any_more(bought, cast, version):
    active = version(1)
    rows = ["country:ZZ", "segment:gone", "query:lamp", "shelf:on_sale", "product:x"]
    write_lists(active, [(key, {Part.BEST: [Listed("kept")]}) for key in rows])
    assert lists_of("country:ZZ")

    refresh_popularity(now=LATER)
    assert set(active.lists.values_list("key", flat=True)) & set(rows) == {"shelf:on_sale", "product:x"}
    assert lists_of("country:ZZ") is None


def test_somebodys_lists_after_an_order(bought, cast, goods, version):
    active = version(1)
    alice, bob = (person_key(key_of(cast[name])) for name in ("alice", "bob"))
    write_lists(active, [(alice, {Part.BOUGHT: []}), (bob, {Part.BOUGHT: []})])
    assert lists_of(alice) == {Part.BOUGHT: []}
    add_line(place_order("A9", cast["alice"], 0), goods[2])

    refresh_people([key_of(cast["alice"])], now=NOW)
    assert [one.product for one in lists_of(alice)[Part.BOUGHT]] == [bought[2], bought[1], bought[0]]
    assert lists_of(bob) == {Part.BOUGHT: []}


def test_what_is_new_to_somebody_comes_from_the_lists_of_what_they_bought(bought, cast, version):
    active = version(1)
    popular = {Part.TRENDING: [Listed("famous", 3.0)]}
    write_lists(active, [(product_key(bought[2]), {Part.TOGETHER: [Listed("beside", 1.0)]}), (EVERYONE, popular)])
    refresh_people([key_of(cast["dan"])], now=NOW)
    new = lists_of(person_key(key_of(cast["dan"])))[Part.NEW]
    assert [(one.product, one.because) for one in new] == [("beside", bought[2]), ("famous", "")]


def test_only_the_last_products_are_heard(bought, cast, version, monkeypatch):
    monkeypatch.setattr(freshness, "HEARD", 1)
    beside = {bought[0]: "old", bought[1]: "late"}
    write_lists(version(1), [(product_key(one), {Part.TOGETHER: [Listed(other, 1.0)]}) for one, other in beside.items()])
    refresh_people([key_of(cast["alice"])], now=NOW)
    assert [one.product for one in lists_of(person_key(key_of(cast["alice"])))[Part.NEW]] == ["late"]


def test_so_many_queries_for_one_or_for_many(bought, cast, version, django_assert_max_num_queries):
    version(1)
    for keys in ([key_of(cast["alice"])], [key_of(cast[name]) for name in ("alice", "bob", "carol", "dan")]):
        with django_assert_max_num_queries(13):  # savepoints are three of them each
            refresh_people(keys, now=NOW)


def test_who_says_no_has_no_lists(bought, cast, version):
    active, older = version(2), version(1, State.READY)
    key = key_of(cast["alice"])
    refresh_people([key], now=NOW)
    write_lists(older, [(person_key(key), {Part.BOUGHT: [Listed(bought[0])]})])
    assert lists_of(person_key(key))
    say(profile_of(cast["alice"]), Purpose.PROFILING, False, now=NOW, method="banner")
    refresh_people([key], now=NOW)
    assert lists_of(person_key(key)) is None
    assert not active.lists.filter(key=person_key(key)).exists()
    assert not older.lists.exists()


@pytest.mark.parametrize("name", ["carol"])
def test_who_never_bought_has_none(bought, cast, version, name):
    version(1)
    refresh_people([key_of(cast[name])], now=NOW)
    assert lists_of(person_key(key_of(cast[name]))) is None
