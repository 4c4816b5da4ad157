from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from personalization.errors import NotTrained, UnknownProduct
from personalization.models import RecommendationList
from personalization.recommend.keys import country_key, person_key
from personalization.recommend.listed import LISTED, Listed, Part
from personalization.recommend.lists import write_lists
from personalization.recommend.product import read_products
from personalization.recommend.training import wants as module
from personalization.recommend.training.wants import (
    Audience,
    audiences,
    forget_audience,
    make_audience,
    refresh,
    score_name,
    score_wants,
)
from segmentation.errors import SourceError
from segmentation.membership import define
from segmentation.membership import refresh as refresh_segments
from segmentation.models import Score, ScoreKind, Segment
from segmentation.rules import parse
from segmentation.rules.values import is_name
from tests.cast import NOW, key_of, keys_of, members
from tests.statements import reading

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=1)


@pytest.fixture
def served(version):
    return version(1)


@pytest.fixture
def listed(served, bought, cast, configure):
    """New to Alice are C first; to Bob B and then C; to Dan nothing. Returns the ids of A, B and C."""
    configure(PROFILING_CONSENT="none")
    a, b, c = bought
    put(served, cast["alice"], c)
    put(served, cast["bob"], b, c)
    put(served, cast["dan"], other=[a, b, c])
    return bought


def put(version, person, *new, other=()):
    """A person's lists."""
    lists = {Part.NEW: [Listed(one, 0.5) for one in new], Part.NEXT: [Listed(one) for one in other]}
    write_lists(version, [(person_key(key_of(person)), lists)])


def titled(product):
    """As the shop calls it."""
    return read_products([product])[product].title


def scores(product):
    """Profile key -> score."""
    return dict(Score.objects.filter(kind__about=product).values_list("profile__key", "value"))


# Names.


@pytest.mark.parametrize(
    ("product", "name"),
    [
        ("85123A", "wants_85123A"),
        ("85123a", "wants_85123a"),
        ("red-lamp", "wants_red_2d_lamp"),
        ("a_b", "wants_a_5f_b"),
        ("", "wants_"),
        ("łódź 7", "wants__142__f3_d_17a__20_7"),
        ("²", "wants__b2_"),
    ],
)
def test_a_score_is_called_by_its_product(product, name):
    assert score_name(product) == name


def test_a_name_that_would_be_too_long_is_a_digest():
    names = {score_name("x" * number) for number in (194, 195, 196)}

    assert sorted(map(len, names)) == [71, 71, 200]


@given(st.lists(st.text(max_size=60), min_size=2, max_size=2, unique=True))
def test_rules_can_write_every_name_and_no_two_products_share_one(products):
    one, other = map(score_name, products)

    assert one != other
    assert is_name(f"score.{one}")


# Scores from lists.


def test_whoever_might_want_a_product_has_a_score_by_its_place(listed, alice, bob):
    _, b, c = listed

    assert score_wants([b, c], now=NOW) == {b: 1, c: 2}
    assert scores(b) == {key_of(bob): Decimal(1)}
    assert scores(c) == {key_of(alice): Decimal(1), key_of(bob): Decimal("0.98")}


def test_the_last_place_of_a_list_is_little_and_more_than_nothing(served, bought, alice):
    put(served, alice, *(f"x{number}" for number in range(LISTED - 1)), bought[0], "too far")

    assert score_wants([bought[0], "too far"], now=NOW) == {bought[0]: 1, "too far": 0}
    assert scores(bought[0]) == {key_of(alice): Decimal("0.02")}


def test_a_product_whose_id_is_part_of_anothers_is_another(served, bought, alice):
    put(served, alice, "112", 'a"1"')

    assert score_wants(["1", "11", "A", 'a"1"'], now=NOW) == {"1": 0, "11": 0, "A": 0, 'a"1"': 1}


def test_only_what_is_new_to_a_person_counts(listed, dan):
    (a, *_) = listed

    assert score_wants([a], now=NOW) == {a: 0}  # stands among what Dan buys next


def test_lists_of_others_than_people_and_of_other_versions_do_not_count(listed, served, version, alice):
    (a, *_) = listed
    write_lists(served, [(country_key("GB"), {Part.NEW: [Listed(a)]})])
    put(version(2, "ready"), alice, a)

    assert score_wants([a], now=NOW) == {a: 0}


def test_a_row_that_cannot_be_read_is_left_out(listed, alice, bob, caplog):
    *_, c = listed
    RecommendationList.objects.filter(key=person_key(key_of(alice))).update(packed=f'"{c}"')

    assert score_wants([c], now=NOW) == {c: 1}
    assert scores(c).keys() == {key_of(bob)}
    assert f"the lists of {person_key(key_of(alice))} cannot be read" in caplog.text


def test_lists_are_read_once_for_many_products(listed, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(module, "write_scores", lambda name, people, **said: len(people))

    with reading(2):  # the version, and its lists
        score_wants(listed, now=NOW)
    monkeypatch.setattr(module, "TOGETHER", 2)
    with reading(4):
        assert score_wants(listed, now=NOW) == dict(zip(listed, (0, 1, 2), strict=True))


def test_without_a_version_nothing_is_written(bought):
    with pytest.raises(NotTrained, match="no version is served: train one first"):
        score_wants(bought, now=NOW)
    assert ScoreKind.objects.count() == 0


# Audiences.


def test_an_audience_is_a_score_with_its_products_title(listed, alice, bob):
    *_, c = listed

    title = titled(c)
    assert make_audience(c, now=NOW) == Audience(c, title, 2)
    kind = ScoreKind.objects.get()
    assert (kind.name, kind.label, kind.about, kind.written_at) == (f"wants_{c}", title, c, NOW)
    assert audiences() == [Audience(c, title, 2)]


def test_the_rule_of_an_audience_takes_in_those_who_have_not_bought_meanwhile(listed, alice, bob):
    a, b, c = listed
    audience = make_audience(c, now=NOW)
    assert audience.rule == f'score.wants_{c} > 0 and order_lines.count(where product_id = "{c}") = 0'
    define("wanting", audience.rule, now=NOW)
    define("second", make_audience(b, now=NOW).rule.replace(f'"{b}"', f'"{a}"'), now=NOW)  # Bob bought A

    refresh_segments(now=NOW)
    assert members("wanting") == keys_of(alice, bob)
    assert members("second") == set()


def test_the_rule_of_an_odd_product_can_be_read():
    rule = Audience('a"b\\ł', "Odd", 0).rule

    assert parse(rule).root.rules[1].where.rules[0].value == 'a"b\\ł'


@pytest.mark.parametrize("product", ["999999", "abc", ""])
def test_a_product_that_the_shop_has_not_makes_no_audience(listed, product):
    with pytest.raises(UnknownProduct, match=f'the shop has no product called "{product}"'):
        make_audience(product, now=NOW)
    assert ScoreKind.objects.count() == 0


def test_an_audience_that_is_forgotten_breaks_the_segments_that_ask_it(listed):
    *_, c = listed
    define("wanting", make_audience(c, now=NOW).rule, now=NOW)

    assert forget_audience(c) is True
    assert forget_audience(c) is False
    refresh_segments(now=NOW)
    assert (audiences(), Segment.objects.get().state) == ([], "broken")


# After a training.


def test_audiences_are_scored_anew_by_the_lists_as_they_are(listed, served, alice, bob):
    a, *_, c = listed
    make_audience(c, now=NOW)
    put(served, alice, a)
    put(served, bob, c)

    refresh(now=LATER)
    assert scores(c) == {key_of(bob): Decimal(1)}
    assert ScoreKind.objects.get().written_at == LATER


def test_nothing_is_read_where_nobody_asked_for_an_audience(listed):
    with reading(1):
        refresh(now=LATER)


def test_a_title_that_changed_is_the_scores_and_a_product_that_is_gone_keeps_its_own(listed, goods):
    *_, b, c = listed
    for product in (b, c):
        make_audience(product, now=NOW)
    before = titled(b)
    type(goods[2]).objects.filter(pk=c).update(title="Better C")
    goods[1].order_lines.all().delete()
    goods[1].delete()

    refresh(now=LATER)
    assert dict(ScoreKind.objects.values_list("about", "label")) == {b: before, c: titled(c)}
    assert titled(c).casefold() == "better c"


@pytest.mark.parametrize("fault", ["no version", "no shop"])
def test_what_goes_wrong_after_a_training_is_logged_and_scores_stay(listed, served, monkeypatch, caplog, fault):
    *_, c = listed
    make_audience(c, now=NOW)

    def broken(ids):
        raise SourceError("the shop is closed")

    if fault == "no shop":
        monkeypatch.setattr(module, "read_products", broken)
    else:
        served.delete()
    refresh(now=LATER)
    assert len(scores(c)) == 2
    assert "who might want a product is as it was before this training" in caplog.text
