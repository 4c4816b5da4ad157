from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from segmentation.engine.bind import COUNTED, Others, bind, measured_fact
from segmentation.kernel.plan import (
    Branch,
    BucketLeaf,
    Computed,
    InSpans,
    IsSet,
    Leaf,
    MemberLeaf,
    NthLeaf,
    PatternLeaf,
    Ranking,
    RankLeaf,
    RowTest,
    Selection,
    SequenceLeaf,
    Span,
    Term,
    Words,
)
from segmentation.rules import parse
from segmentation.rules.tree import Behaviour, Duration, Last, Rank, Since
from tests.engine.binding import ORDERS, PARIS, bound, only_leaf, problems, rows
from tests.facts.shop import CATALOGUE

APP = RowTest("channel", Words("=", ("app",)))
GIFT = RowTest("gift", InSpans((Span(Fraction(1), Fraction(1)),)))
WEEK = Duration(7, "day")
UNTIMED = "marks has no time, which this asks for"

# Groups


def test_at_least_so_many_conditions():
    root = bound("at least 2 of (customer.country is set, orders.count() > 0, customer.tags is set)")

    assert root == Branch(
        "at_least",
        (
            Leaf("customer.country", IsSet(True)),
            Leaf(Term(ORDERS, "count"), InSpans((Span(low=Fraction(0), low_open=True),))),
            Leaf("customer.tags", IsSet(True)),
        ),
        n=2,
    )


def test_at_least_is_refused_where_a_part_cannot_be():
    assert problems("at least 1 of (customer.country is set, customer.shoe is set)") == [
        ("/rules/1/field", "unknown fact customer.shoe")
    ]


# Measures


@pytest.mark.parametrize(
    ("text", "term"),
    [
        (
            "order_lines.count_distinct(product.category) > 3",
            Term(Selection("order_lines"), "count_distinct", "product.category"),
        ),
        ("orders.count_distinct(placed_at) > 3", Term(ORDERS, "count_distinct", "placed_at")),
        ("orders.count_distinct(gift) > 3", Term(ORDERS, "count_distinct", "gift")),
        ("orders.share(where gift is true) > 3", Term(Selection("orders", rows(GIFT)), "share")),
        ("orders.share(total, where gift is true) > 3", Term(Selection("orders", rows(GIFT)), "share", "total")),
        (
            "orders.days_between(where gift is true, last 7 days) > 3",
            Term(Selection("orders", rows(GIFT), Last(WEEK)), "days_between"),
        ),
    ],
)
def test_measures_of_many_rows(text, term):
    assert only_leaf(text) == Leaf(term, InSpans((Span(low=Fraction(3), low_open=True),)))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("orders.share(channel, where gift is true) > 0.5", [("/rules/0/of", "there is no share of a text")]),
        ("marks.days_between() > 5", [("/rules/0/field", UNTIMED)]),
        ("order.count() > 3", [("/rules/0/field", "unknown fact order.count(); did you mean orders.count()?")]),
        ("order_line.sum(quantity) > 3", [("/rules/0/field", "unknown fact order_line.sum(); did you mean order_lines.sum()?")]),
        ("pets.count() > 3", [("/rules/0/field", "unknown fact pets.count()")]),
    ],
)
def test_measures_that_cannot_be_taken(text, told):
    assert problems(text) == told


def test_what_is_measured():
    orders = CATALOGUE.relations["orders"].columns
    whole = {"orders.count_distinct(channel) > 1", "orders.share(total, where gift is true) > 1", "orders.days_between() > 1"}
    leaves = [parse(text).root.rules[0] for text in sorted(whole)]

    assert [measured_fact(leaf, CATALOGUE) for leaf in leaves] == [COUNTED] * 3
    assert measured_fact(Rank("customer.credit", "top", "5"), CATALOGUE) == CATALOGUE.attributes["customer.credit"]
    assert measured_fact(Rank("orders", "top", "5", "count"), CATALOGUE) == COUNTED
    assert measured_fact(Rank("orders", "top", "5", "max", "placed_at"), CATALOGUE) == orders["placed_at"]
    assert measured_fact(Behaviour("orders", "avg", ">", "5", of="total"), CATALOGUE) == orders["total"]


# The first, last or n-th row


@pytest.mark.parametrize(("called", "place"), [("first(", 0), ("last(", -1), ("nth(1, ", 0), ("nth(3, ", 2), ("nth(1000, ", 999)])
def test_one_row_among_those_that_match(called, place):
    found = only_leaf(f'orders.{called}where channel = "app", test gift is true, last 7 days) if unknown no')

    assert found == NthLeaf(Selection("orders", rows(APP), Last(WEEK)), place, rows(GIFT), "no")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("marks.last(test stars > 3)", [("/rules/0/field", UNTIMED)]),
        ("order.first(test total > 3)", [("/rules/0/field", "unknown fact order.first(); did you mean orders.first()?")]),
        ("pets.nth(2, test age > 3)", [("/rules/0/field", "unknown fact pets.nth()")]),
        ("orders.last(test totl > 3)", [("/rules/0/test/rules/0/field", "orders has no column totl; did you mean total?")]),
        (
            "orders.last(where totl > 3, test totl > 3)",
            [
                ("/rules/0/where/rules/0/field", "orders has no column totl; did you mean total?"),
                ("/rules/0/test/rules/0/field", "orders has no column totl; did you mean total?"),
            ],
        ),
    ],
)
def test_rows_that_cannot_be_tested(text, told):
    assert problems(text) == told


# Ranks


@pytest.mark.parametrize(
    ("text", "ranking"),
    [
        ("top 10 percent by customer.credit", Ranking("customer.credit", True, True, Fraction(10))),
        ("top 0.5 percent by customer.visits", Ranking("customer.visits", True, True, Fraction(1, 2))),
        ("top 100 by orders.count()", Ranking(Term(ORDERS, "count"), True, False, Fraction(100))),
        (
            'bottom 20 percent by orders.sum(total, where channel = "app", last 7 days)',
            Ranking(Term(Selection("orders", rows(APP), Last(WEEK)), "sum", "total"), False, True, Fraction(20)),
        ),
        ("bottom 3 by orders.max(placed_at)", Ranking(Term(ORDERS, "max", "placed_at"), False, False, Fraction(3))),
        ("top 3 by orders.days_between()", Ranking(Term(ORDERS, "days_between"), True, False, Fraction(3))),
    ],
)
def test_places_in_the_base(text, ranking):
    assert only_leaf(text) == RankLeaf(ranking)


def test_who_stays_longer_is_looked_up_in_the_segment_that_the_rank_stands_in():
    text = "top 10 percent by customer.credit leave at 12.5 percent stay 7 days if unknown no"
    ranking = Ranking("customer.credit", True, True, Fraction(10), Fraction(25, 2))
    alone = bind({1: parse(text)}, CATALOGUE, PARIS)
    of_a_segment = bind({1: parse(text)}, CATALOGUE, PARIS, Others({}, {"rich": 1}))

    assert alone.roots[1].parts == (RankLeaf(ranking, None, WEEK, "no"),)
    assert of_a_segment.roots[1].parts == (RankLeaf(ranking, "rich", WEEK, "no"),)


@pytest.mark.parametrize(("stays", "owner"), [("", None), (" leave at 6", "rich"), (" stay 1 day", "rich")])
def test_a_rank_that_keeps_nobody_belongs_to_no_segment(stays, owner):
    """So it is shared by all segments that ask for it."""
    plan = bind({1: parse(f"top 5 by customer.credit{stays}")}, CATALOGUE, PARIS, Others({}, {"rich": 1}))

    assert plan.roots[1].parts[0].owner == owner


def test_one_ranking_however_it_is_written():
    texts = {"a": "top 10 percent by customer.credit", "b": "top 10.0 percent by customer.credit if unknown no"}
    plan = bind({key: parse(text) for key, text in texts.items()}, CATALOGUE, PARIS)

    assert plan.rankings() == {Ranking("customer.credit", True, True, Fraction(10))}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("top 5 by customer.country", ("field", "customer.country is a text, which nobody is ranked by")),
        ("top 5 by customer.birth_date", ("field", "customer.birth_date is a date, which nobody is ranked by")),
        ("top 5 by customer.accepts_email", ("field", "customer.accepts_email is a boolean, which nobody is ranked by")),
        ("top 5 by customer.crdit", ("field", "unknown fact customer.crdit; did you mean customer.credit?")),
        ("top 5 by orders.max(channel)", ("of", "there is no max of a text")),
        ("top 5 by orders.min(due)", ("of", "orders has no column due")),
        ("top 5 by order.count()", ("field", "unknown fact order.count(); did you mean orders.count()?")),
        ("top 5 by marks.days_between()", ("field", UNTIMED)),
        ("top 5 by marks.count(last 7 days)", ("window", "marks has no time, so it takes no window")),
    ],
)
def test_ranks_that_cannot_be(text, told):
    assert problems(text) == [(f"/rules/0/{told[0]}", told[1])]


# Members, buckets


@pytest.mark.parametrize(
    ("text", "leaf"),
    [
        ('in segment "vip"', MemberLeaf("vip")),
        ('not in segment "vip" if unknown no', MemberLeaf("vip", False, if_unknown="no")),
        ('in segment "dormant" for at least 7 days', MemberLeaf("dormant", True, WEEK)),
        ('in segment "vip" entered last 7 days', MemberLeaf("vip", entered=Last(WEEK))),
        ('in segment "vip" for at least 7 days entered since "2026-01-01"', MemberLeaf("vip", True, WEEK, Since("2026-01-01"))),
    ],
)
def test_members_of_other_segments(text, leaf):
    assert only_leaf(text) == leaf


def test_the_window_of_an_entry_is_read():
    assert problems('in segment "vip" entered since "soon"') == [
        ("/rules/0/entered/since", "'soon' is not a date or time"),
    ]


def test_buckets():
    assert only_leaf('bucket "Spring" 0 to 49') == BucketLeaf("Spring", 0, 49)
    assert only_leaf('bucket "s" 7 to 7 if unknown yes') == BucketLeaf("s", 7, 7, "yes")


# Sequences and patterns


def test_a_sequence():
    text = 'sequence (orders where channel = "app", spend, orders) within 2 days last 7 days then no orders where gift is true'
    week = Last(WEEK)
    steps = (Selection("orders", rows(APP), week), Selection("spend", None, week), Selection("orders", None, week))

    assert only_leaf(text) == SequenceLeaf(steps, 172_800, Selection("orders", rows(GIFT)))


@pytest.mark.parametrize(
    ("within", "seconds"), [("", None), ("within 90 minutes", 5400), ("within 24 hours", 86_400), ("within 2 weeks", 1_209_600)]
)
def test_how_long_a_sequence_may_take(within, seconds):
    assert only_leaf(f"sequence (orders, spend) {within}").within == seconds


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "sequence (marks, order, orders where totl > 5)",
            [
                ("/steps/0/field", UNTIMED),
                ("/steps/1/field", "unknown relation order; did you mean orders?"),
                ("/steps/2/where/rules/0/field", "orders has no column totl; did you mean total?"),
            ],
        ),
        ("sequence (orders, spend) then no marks", [("/not_then/field", UNTIMED)]),
        # The window is that of all steps, and told once.
        ('sequence (orders, spend) since "soon"', [("/window/since", "'soon' is not a date or time")]),
        ("sequence (orders, orders) since last pets", [("/window/since_last", "unknown relation pets")]),
    ],
)
def test_sequences_that_cannot_be(text, told):
    assert problems(text) == [(f"/rules/0{path}", message) for path, message in told]


@pytest.mark.parametrize(
    ("text", "leaf"),
    [
        ("pattern orders first time period 1 month", PatternLeaf(ORDERS, "first_time", Duration(1, "month"))),
        ("pattern orders regularly period 7 days periods 3", PatternLeaf(ORDERS, "regularly", WEEK, 3)),
        (
            'pattern orders where channel = "app" restarted period 1 year periods 60 if unknown no',
            PatternLeaf(Selection("orders", rows(APP)), "restarted", Duration(1, "year"), 60, "no"),
        ),
    ],
)
def test_patterns(text, leaf):
    assert only_leaf(text) == leaf


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("pattern marks stopped period 1 month periods 3", ("field", UNTIMED)),
        ("pattern order stopped period 1 month periods 3", ("field", "unknown relation order; did you mean orders?")),
        (
            "pattern orders where totl > 5 stopped period 1 month periods 3",
            ("where/rules/0/field", "orders has no column totl; did you mean total?"),
        ),
    ],
)
def test_patterns_that_cannot_be(text, told):
    assert problems(text) == [(f"/rules/0/{told[0]}", told[1])]


# Computed facts


def test_computed_facts_go_with_the_plan():
    computed = {
        "customer.visits": Computed(("customer.joined_at",), lambda columns, now, calendar: columns["customer.joined_at"])
    }
    plan = bind({"": parse("customer.visits > 3")}, replace(CATALOGUE, computed=computed), PARIS)

    assert plan.computed == computed
    assert plan.needs().attributes == {"customer.joined_at"}
