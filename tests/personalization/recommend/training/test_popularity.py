from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from personalization.recommend.listed import Part
from personalization.recommend.training import popularity as module
from personalization.recommend.training.popularity import Popularity, popular_rows
from segmentation.models import Profile, Segment
from segmentation.store import Purchases
from segmentation.testing import make_segment
from tests.cast import NOW

Line = tuple[str, str, str, float]
"""(person, product, country, days before the end)."""


def purchases(*lines: Line) -> Purchases:
    ordered = sorted(lines, key=lambda line: -line[3])
    people, products, countries = (sorted({line[column] for line in lines} - {""}) for column in range(3))
    return Purchases(
        keys=people,
        names=people,
        products=products,
        countries=countries,
        person=np.array([people.index(line[0]) for line in ordered], np.int32),
        order=np.arange(len(ordered), dtype=np.int32),
        product=np.array([products.index(line[1]) for line in ordered], np.int32),
        country=np.array([countries.index(line[2]) if line[2] else -1 for line in ordered], np.int16),
        times=np.array([END - int(line[3] * DAY) for line in ordered], np.int64),
        quantity=np.ones(len(ordered), np.float32),
    )


DAY = 86_400
END = 1_000 * DAY


def products(lists: object, part: str) -> Sequence[str]:
    return [one.product for one in lists[part]]


def test_what_most_people_bought_and_what_they_buy_lately():
    usual = [(f"p{number}", "usual", "", 50.0 + number) for number in range(9)]
    risen = [(f"p{number}", "risen", "", number) for number in range(3)]
    lists = Popularity(purchases(*usual, *risen), END, 7.0 * DAY).popular()
    assert [(one.product, one.score) for one in lists[Part.BEST]] == [("usual", 9.0), ("risen", 3.0)]
    assert products(lists, Part.TRENDING) == ["risen", "usual"]


def test_of_some_people_and_of_a_country():
    popularity = Popularity(purchases(("a", "X", "FR", 3), ("b", "Y", "GB", 2), ("b", "Z", "", 1)), END)
    assert products(popularity.popular(np.array([True, False])), Part.BEST) == ["X"]
    assert products(popularity.popular(country="GB"), Part.BEST) == ["Y"]
    assert popularity.scores == {"X": 1.0, "Y": 1.0, "Z": 1.0}


def test_nothing_was_bought():
    assert Popularity(purchases(), END).popular() == {Part.TRENDING: [], Part.BEST: []}


@pytest.mark.django_db
def test_groups_have_rows_where_enough_of_them_bought(monkeypatch: pytest.MonkeyPatch, django_assert_num_queries):
    monkeypatch.setattr(module, "LEAST_PEOPLE", 2)
    bought = purchases(("user:1", "X", "FR", 3), ("user:2", "Y", "FR", 2), ("user:3", "Z", "GB", 1), ("user:3", "X", "GB", 1))
    vip, few, draft = (make_segment(slug, "orders.count() >= 1000") for slug in ("vip", "few", "draft"))
    Segment.objects.filter(pk=draft.pk).update(state=Segment.State.DRAFT)
    for segment, numbers in [(vip, (2, 3, 4)), (few, (1,)), (draft, (1, 2, 3))]:
        for number in numbers:
            profile, _ = Profile.objects.get_or_create(key=f"user:{number}", kind="user", defaults={"created_at": NOW})
            segment.memberships.create(profile=profile, since=NOW)

    with django_assert_num_queries(4):  # the segments, the people, and who is in each
        rows = dict(popular_rows(bought, Popularity(bought, END)))
    assert list(rows) == ["everyone", "country:FR", "segment:vip"]
    assert sorted(products(rows["segment:vip"], Part.BEST)) == ["X", "Y", "Z"]
