from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace

import pytest

from segmentation.sources import Column, Customers
from segmentation.sources.places import as_place
from tests.sources.zoo.models import Den, Keeper

PARIS = (48.85, 2.35)


def place_of(value):
    relation = Customers(Keeper.objects.all(), customer_id="pk", home=Column(value, kind="geo"))
    ((row,),) = relation.read(["home"])
    return row[0]


@pytest.fixture
def keeper(db):
    """Of a den in Paris."""
    den = Den.objects.create(number="south", lat=Decimal("48.85"), lon=2.35, spot="48.85, 2.35")
    return Keeper.objects.create(name="Alice", den=den)


@pytest.mark.usefixtures("keeper")
@pytest.mark.parametrize("value", [("den__lat", "den__lon"), "den__spot"], ids=str)
def test_two_columns_or_one_text_in_one_query(value, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert place_of(value) == PARIS


@pytest.mark.usefixtures("keeper")
@pytest.mark.parametrize("given", [PARIS, list(PARIS), "48.85,2.35", (Decimal("48.85"), "2.35")], ids=str)
def test_a_function_gives_a_pair_or_a_text(given):
    assert place_of(lambda keeper: given) == PARIS


@pytest.mark.parametrize(("lat", "lon"), [(None, None), (Decimal("48.85"), None), (None, 2.35)])
def test_half_a_place_is_none(keeper, lat, lon):
    Den.objects.update(lat=lat, lon=lon)

    assert place_of(("den__lat", "den__lon")) is None


def test_nobody_knows_the_den(db):
    Keeper.objects.create(name="Bob")

    assert place_of(("den__lat", "den__lon")) is None
    assert place_of("den__spot") is None


def test_south_and_west_and_the_middle_of_nowhere(keeper):
    Den.objects.update(lat=Decimal("-33.9"), lon=-0.5)
    assert place_of(("den__lat", "den__lon")) == (-33.9, -0.5)

    Den.objects.update(lat=0, lon=0)
    assert place_of(("den__lat", "den__lon")) == (0.0, 0.0)


@pytest.mark.parametrize("value", [None, "", " ", ",", " , ", "48.85,", [None, None], [48.85, None], ["", ""]], ids=repr)
def test_no_place(value):
    assert as_place(value) is None


def test_a_point_has_its_longitude_first():
    assert as_place(SimpleNamespace(x=2.35, y=48.85)) == PARIS


@pytest.mark.parametrize("value", ["Paris", "1,2,3", [1], [1, 2, 3], ["a", "b"], {"lat": 1, "lon": 2}, 7, 4.5], ids=repr)
def test_what_is_no_place_comes_back_as_it_is(value):
    assert as_place(value) == value
