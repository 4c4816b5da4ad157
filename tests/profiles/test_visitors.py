from __future__ import annotations

import re

import pytest

from segmentation.models import MergeCause, Profile
from segmentation.profiles import sync
from segmentation.profiles.merging import merge
from segmentation.profiles.visitors import current, new_visitor_id, visitor_key, welcome
from tests.cast import NOW, ago, profile_of

pytestmark = pytest.mark.django_db


def test_an_id_that_nobody_guesses():
    ids = {new_visitor_id() for _ in range(100)}

    assert len(ids) == 100
    assert all(re.fullmatch(r"[\w-]{22}", each) for each in ids)  # 16 bytes


def test_a_visitor_is_made_once(django_assert_num_queries):
    first = welcome("v1", now=ago(3))
    with django_assert_num_queries(1):
        second = welcome("v1", now=NOW)

    assert second == first
    assert (first.shop, first.key, first.kind, first.visitor_id) == ("default", "visitor:v1", "visitor", "v1")
    assert (second.created_at, second.seen_at, second.profiling) == (ago(3), ago(3), None)
    assert visitor_key("v1") == "visitor:v1"


def test_visitors_of_two_shops_are_two(configure):
    welcome("v1", now=NOW)
    configure(SHOP="second")

    assert welcome("v1", now=NOW).shop == "second"
    assert Profile.objects.count() == 2


@pytest.mark.parametrize("name", ["", "v" * 65])
def test_no_visitor(name):
    with pytest.raises(ValueError, match="a visitor's id has 1 to 64 characters"):
        welcome(name, now=NOW)


def test_who_they_are_by_now(alice):
    sync(now=NOW)
    visitor = welcome("v1", now=NOW)
    assert current(visitor) is visitor

    merge(visitor, profile_of(alice), now=NOW, cause=MergeCause.LOGIN)
    assert current(visitor) == profile_of(alice)
    assert current(welcome("v1", now=NOW)) == profile_of(alice)
