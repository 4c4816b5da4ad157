from __future__ import annotations

import pytest

from segmentation.engine.bind import Others
from segmentation.engine.others import others_of, references, users_of
from segmentation.models import Segment
from segmentation.rules import dump, parse

pytestmark = pytest.mark.django_db


def keep(slug: str, text: str, state: str = "live", shop: str = "default") -> Segment:
    """A stored segment, whatever its rule refers to."""
    return Segment.objects.create(shop=shop, slug=slug, name=slug, state=state, definition=dump(parse(text)))


@pytest.fixture
def chain():
    """c refers to b, b to a; d to a and c; nobody to e."""
    keep("a", "orders.count() > 0")
    keep("b", 'in segment "a" and (orders.count() > 1 or not in segment "a")')
    keep("c", 'not in segment "b" for at least 7 days', state="broken")
    keep("d", 'in segment "c" or in segment "a"', state="draft")
    keep("e", 'in segment "b" and in segment "nobody"', state="archived")


@pytest.mark.usefixtures("chain")
def test_what_segments_refer_to(django_assert_num_queries):
    Segment.objects.create(slug="torn", name="torn", state="live", definition={"version": 9})
    keep("theirs", 'in segment "a"', shop="second")

    with django_assert_num_queries(1):
        assert references("default") == {"a": (), "b": ("a",), "c": ("b",), "d": ("c", "a")}
    assert references("second") == {"theirs": ("a",)}


@pytest.mark.usefixtures("chain")
@pytest.mark.parametrize(
    ("slug", "users"), [("a", ["b", "d", "c"]), ("b", ["c", "d"]), ("c", ["d"]), ("d", []), ("e", []), ("nobody", [])]
)
def test_who_refers_to_a_segment_the_nearest_first(slug, users, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert users_of("default", slug) == users


def test_a_circle_is_no_trouble():
    """None can be stored by an owner."""
    keep("a", 'in segment "b"')
    keep("b", 'in segment "a"')
    keep("self", 'in segment "self"')

    assert users_of("default", "a") == ["b"]
    assert users_of("default", "self") == []


def test_another_shops_segments_refer_to_their_own():
    keep("a", "orders.count() > 0")
    keep("b", 'in segment "a"', shop="second")

    assert users_of("default", "a") == []
    assert users_of("second", "a") == ["b"]


@pytest.mark.usefixtures("chain")
def test_rules_may_refer_to_the_segments_of_their_shop(django_assert_num_queries):
    keep("theirs", "orders.count() > 0", shop="second")
    rules = {1: parse("orders.count() > 0"), 2: parse('in segment "a"')}

    with django_assert_num_queries(1):
        found = others_of("default", rules, {"a": 1})
    states = {"a": "live", "b": "live", "c": "broken", "d": "draft", "e": "archived"}
    assert found == Others(states, {"a": 1}, {})


@pytest.mark.usefixtures("chain")
def test_nothing_is_looked_up_for_rules_that_refer_to_nobody(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert others_of("default", {1: parse("orders.count() > 0")}, {"a": 1}) == Others({}, {"a": 1}, {})
