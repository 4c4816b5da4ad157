from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from segmentation.engine.bind import COUNTED, bind, bind_each, measured_fact
from segmentation.errors import RuleError
from segmentation.kernel.moments import Calendar
from segmentation.kernel.plan import Branch, InSpans, IsSet, Leaf, Moments, RowGroup, RowTest, Selection, Span, Term, Words
from segmentation.rules import Rule, parse, tree
from segmentation.rules.tree import Attribute, Behaviour, Between, Circle, Comparison, Duration, Group, Last, Since
from segmentation.rules.values import OPERATORS, Kind, Shape, operators_of
from tests.facts.shop import ATTRIBUTES, CATALOGUE

PARIS = Calendar("Europe/Paris")


def bound(text):
    """The root of one rule."""
    return bind({"": parse(text)}, CATALOGUE, PARIS).roots[""]


def only_leaf(text):
    """The only leaf of one rule."""
    (leaf,) = bound(text).parts
    return leaf


def problems(rule):
    """(path, message) of all that is wrong with a rule or its text."""
    with pytest.raises(RuleError) as caught:
        bind({"": parse(rule) if isinstance(rule, str) else rule}, CATALOGUE, PARIS)
    return [(problem.path, problem.message) for problem in caught.value.problems]


def point(number):
    return Span(Fraction(number), Fraction(number))


# What is bound


def test_a_rule_becomes_a_tree_of_leaves_and_branches():
    text = "customer.country is set and not (customer.visits > 3 or any of (orders.count() = 0 if unknown no))"

    assert bound(text) == Branch(
        "and",
        (
            Leaf("customer.country", IsSet(True)),
            Branch(
                "or",
                (
                    Leaf("customer.visits", InSpans((Span(low=Fraction(3), low_open=True),))),
                    Branch("or", (Leaf(Term(Selection("orders", None, None), "count"), InSpans((point(0),)), "no"),)),
                ),
                negated=True,
            ),
        ),
    )


def test_a_behaviour_becomes_a_term_over_a_selection():
    text = 'orders.sum(total, where channel = " WEB" or not (gift is true), last 90 days) >= 500 if unknown yes'
    where = RowGroup(
        "or",
        (
            RowTest("channel", Words("=", ("web",))),
            RowGroup("and", (RowTest("gift", InSpans((point(1),))),), negated=True),
        ),
    )

    assert only_leaf(text) == Leaf(
        Term(Selection("orders", where, Last(Duration(90, "day"))), "sum", "total"),
        InSpans((Span(low=Fraction(50_000)),)),
        "yes",
    )


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("= 5", [point(5)]),
        ("!= 5", [Span(high=Fraction(5), high_open=True), Span(low=Fraction(5), low_open=True)]),
        ("in (5, 7)", [point(5), point(7)]),
        ("< 5", [Span(high=Fraction(5), high_open=True)]),
        ("<= 5", [Span(high=Fraction(5))]),
        ("> 5", [Span(low=Fraction(5), low_open=True)]),
        (">= 5", [Span(low=Fraction(5))]),
        ("between 5 and 7", [Span(Fraction(5), Fraction(7))]),
        ("between 5 and 5", [Span(Fraction(5), Fraction(5))]),
        ("between -7 and -5", [Span(Fraction(-7), Fraction(-5))]),
    ],
)
def test_numbers_become_spans(text, spans):
    assert only_leaf(f"customer.visits {text}").check == InSpans(tuple(spans))


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("customer.visits > 5", Fraction(5)),
        ("customer.visits > 0.5", Fraction(1, 2)),
        ("customer.rating > 4.5", Fraction(45)),
        ("customer.credit > 500.005", Fraction(100_001, 2)),
        ("orders.max(order.weight) > 1.2345", Fraction("1234.5")),
        ("orders.count() > 1.5", Fraction(3, 2)),
        ("orders.sum(total) > 80.50", Fraction(8050)),
        ("orders.avg(total) > 0.001", Fraction(1, 10)),
        ("order_lines.sum(quantity) > 3", Fraction(3)),
        ("orders.count(where total > 20.5) > 3", Fraction(3)),
    ],
)
def test_limits_are_exact_in_the_units_of_what_is_compared(text, limit):
    assert only_leaf(text).check == InSpans((Span(low=limit, low_open=True),))


def test_limits_within_where_are_scaled_too():
    leaf = only_leaf("orders.count(where total > 20.5) > 3")

    assert leaf.asked.selection.filter == RowGroup(
        "and", (RowTest("total", InSpans((Span(low=Fraction(2050), low_open=True),))),)
    )


@pytest.mark.parametrize(
    ("text", "check"),
    [
        ('= " Łódź "', Words("=", ("łódź",))),
        ('!= "STRASSE"', Words("!=", ("strasse",))),
        ('in ("FR", "pl", 3)', Words("in", ("fr", "pl", "3"))),
        ('not in ("FR")', Words("not_in", ("fr",))),
        ('contains "Land"', Words("contains", ("land",))),
        ('= ""', Words("=", ("",))),
        ("is set", IsSet(True)),
        ("is not set", IsSet(False)),
    ],
)
def test_texts_are_folded_once(text, check):
    assert only_leaf(f"customer.country {text}").check == check


def test_yes_and_no():
    assert only_leaf("customer.accepts_email is true").check == InSpans((point(1),))
    assert only_leaf("customer.accepts_email is false").check == InSpans((point(0),))


@pytest.mark.parametrize(
    ("text", "operator", "value"),
    [
        ('on "2026-03-01"', "on", "2026-03-01"),
        ('before "2026-03-01T10:00"', "before", "2026-03-01T10:00"),
        ('between "2026-03-01" and "2026-03-31"', "between", ("2026-03-01", "2026-03-31")),
        ("last 30 days", "last", Duration(30, "day")),
        ("anniversary next 7 days", "anniversary_next", Duration(7, "day")),
        ("anniversary next 7 hours", "anniversary_next", Duration(7, "hour")),
        ("this month", "this", "month"),
        ("month is 3", "month_is", "3"),
        ("weekday is (6, 7)", "weekday_is", ("6", "7")),
    ],
)
def test_moments_keep_the_value_of_the_rule(text, operator, value):
    assert only_leaf(f"customer.joined_at {text}").check == Moments(operator, value)
    assert only_leaf(f"orders.max(placed_at) {text}").check == Moments(operator, value)


@pytest.mark.parametrize(
    ("text", "operator", "value"),
    [
        ('on "2026-03-01"', "on", "2026-03-01"),
        # A time stands for its day in the shop, here Paris.
        ('on "2026-03-01T23:30Z"', "on", "2026-03-02"),
        ('before "2026-03-01T23:30"', "before", "2026-03-01"),
        ('between "2026-03-01T08:00" and "2026-03-02T23:30Z"', "between", ("2026-03-01", "2026-03-03")),
        ('after "9999-12-31T23:59:59"', "after", "9999-12-31"),
        ('after "0001-01-01T00:00+14:00"', "after", "0001-01-01"),
        ("last 5 hours", "last", Duration(5, "hour")),
        ("previous week", "previous", "week"),
        ("month is (3, 4)", "month_is", ("3", "4")),
    ],
)
def test_pure_dates_are_asked_by_whole_days(text, operator, value):
    assert only_leaf(f"customer.birth_date {text}").check == Moments(operator, value, days=True)
    assert only_leaf(f"orders.max(due_on) {text}").check == Moments(operator, value, days=True)


def sample(shape):
    """A value of that shape that every kind understands."""
    return {
        Shape.NOTHING: None,
        Shape.ONE: "1",
        Shape.MANY: ("1", "2"),
        Shape.ONE_OR_MANY: ("1", "2"),
        Shape.PAIR: ("1", "2"),
        Shape.YES_NO: True,
        Shape.DURATION: Duration(1, "day"),
        Shape.PERIOD: "month",
        Shape.COMPARISON: Comparison(">=", "2"),
        Shape.CIRCLE: Circle("48.85", "2.35", "20"),
    }[shape]


BY_KIND = {fact.kind: name for name, fact in reversed(ATTRIBUTES.items())}


@pytest.mark.parametrize("operator", OPERATORS)
@pytest.mark.parametrize("kind", Kind)
def test_an_operator_is_bound_where_its_kind_has_it_and_refused_elsewhere(kind, operator):
    is_moment = kind in (Kind.DATE, Kind.TIME)
    value = sample(OPERATORS[operator].shape)
    if is_moment and operator in ("on", "before", "after", "between"):
        value = ("2026-01-01", "2026-01-02") if isinstance(value, tuple) else "2026-01-01"
    field = BY_KIND[kind]
    rule = Rule(Group("and", (Attribute(field, operator, value),)))

    if operator in operators_of(kind):
        assert len(bind({"": rule}, CATALOGUE, PARIS).roots) == 1
    else:
        known = ", ".join(OPERATORS[name].text for name in operators_of(kind))
        assert problems(rule) == [
            ("/rules/0/operator", f"{field} is a {kind.value}, which has no operator {OPERATORS[operator].text}; it has {known}")
        ]


# Sharing


def test_equal_rules_are_bound_to_equal_leaves():
    first = bound('orders.sum(total, where channel = "Web", last 90 days) > 80.5')
    second = bound('(orders.sum(last 90 days, total, where channel = " wEB ") > 80.50)')

    (leaf,), (inner,) = first.parts, second.parts
    assert inner.parts == (leaf,)
    assert hash(inner.parts[0]) == hash(leaf)


def test_rules_of_one_plan_share_their_terms():
    texts = {
        "vip": "orders.sum(total, last 90 days) > 500",
        "poor": "orders.sum(total, last 90 days) < 5 and orders.count() >= 1",
        "never": "orders.count() = 0",
    }
    plan = bind({key: parse(text) for key, text in texts.items()}, CATALOGUE, PARIS)

    terms = {part.asked for root in plan.roots.values() for part in root.parts}
    assert list(plan.roots) == ["vip", "poor", "never"]
    assert len(terms) == 2
    assert plan.calendar == PARIS


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("orders.count(last 90 days) > 1", "orders.count(last 91 days) > 1"),
        ("orders.count(last 1 day) > 1", "orders.count(last 24 hours) > 1"),
        ("orders.count() > 1", "orders.count() >= 1"),
        ("orders.min(total) > 1", "orders.max(total) > 1"),
        ("orders.count() > 1", "order_lines.count() > 1"),
        ("orders.avg(total) > 1 if unknown yes", "orders.avg(total) > 1 if unknown no"),
        ('orders.count(where channel = "a") > 1', 'orders.count(where not (channel = "a")) > 1'),
    ],
)
def test_rules_that_differ_are_not_shared(one, other):
    assert only_leaf(one) != only_leaf(other)


# What is refused


@pytest.mark.parametrize(
    ("text", "path", "message"),
    [
        ("customer.shoe_size = 43", "/rules/0/field", "unknown fact customer.shoe_size"),
        ("country is set", "/rules/0/field", "unknown fact country; did you mean customer.country?"),
        (
            "orders.total > 5",
            "/rules/0/field",
            "orders.total: what customers did is asked through a measure, such as orders.count()",
        ),
        ("pets.count() > 0", "/rules/0/field", "unknown fact pets.count()"),
        ("customer.count() > 0", "/rules/0/field", "unknown fact customer.count()"),
        ("orders.sum(weight) > 0", "/rules/0/of", "orders has no column weight; did you mean order.weight?"),
        ("orders.sum(orders.total) > 0", "/rules/0/of", "orders has no column orders.total; did you mean total?"),
        ("orders.sum(channel) > 0", "/rules/0/of", "there is no sum of a text"),
        ("orders.avg(placed_at) > 0", "/rules/0/of", "there is no avg of a time"),
        ("orders.sum(due_on) > 0", "/rules/0/of", "there is no sum of a date"),
        ("orders.max(gift) > 0", "/rules/0/of", "there is no max of a boolean"),
        ("orders.min(channel) is set", "/rules/0/of", "there is no min of a text"),
        (
            "orders.count(where weight > 3) > 0",
            "/rules/0/where/rules/0/field",
            "orders has no column weight; did you mean order.weight?",
        ),
        (
            'orders.count(where channel = "web" and (total > 1 or nothing is set)) > 0',
            "/rules/0/where/rules/1/rules/1/field",
            "orders has no column nothing",
        ),
        ('customer.visits > "many"', "/rules/0/value", "'many' is not a number"),
        ('customer.visits in (1, "two", 3)', "/rules/0/value/1", "'two' is not a number"),
        ('customer.visits between 1 and "1,5"', "/rules/0/value/1", "'1,5' is not a number"),
        ("customer.visits > 1234567890123456", "/rules/0/value", "'1234567890123456' is not a number"),
        ("customer.visits between 5 and 3", "/rules/0/value", "between has its ends the wrong way round"),
        ("orders.count() between 5 and 3", "/rules/0/value", "between has its ends the wrong way round"),
        ('orders.sum(total) > "x"', "/rules/0/value", "'x' is not a number"),
        ('orders.count(where total = "x") > 0', "/rules/0/where/rules/0/value", "'x' is not a number"),
        ("customer.joined_at on 5", "/rules/0/value", "'5' is not a date or time"),
        ('customer.joined_at before "2026-02-30"', "/rules/0/value", "'2026-02-30' is not a date or time"),
        ('customer.joined_at between "2026-01-01" and "soon"', "/rules/0/value/1", "'soon' is not a date or time"),
        (
            'customer.joined_at between "2026-02-01" and "2026-01-31"',
            "/rules/0/value",
            "between has its ends the wrong way round",
        ),
        (
            'customer.joined_at between "2026-02-01T10:00+01:00" and "2026-02-01T08:00Z"',
            "/rules/0/value",
            "between has its ends the wrong way round",
        ),
        (
            'customer.joined_at between "2026-02-01" and "2026-02-03T10:00"',
            "/rules/0/value",
            "between needs two dates or two times, not one of each",
        ),
        (
            'customer.birth_date between "2026-02-01T10:00" and "2026-02-03"',
            "/rules/0/value",
            "between needs two dates or two times, not one of each",
        ),
        ("customer.birth_date month is 13", "/rules/0/value", "'13' is not a number from 1 to 12"),
        ("customer.birth_date month is 0", "/rules/0/value", "'0' is not a number from 1 to 12"),
        ("customer.birth_date month is (1, 13)", "/rules/0/value/1", "'13' is not a number from 1 to 12"),
        ('customer.birth_date month is "March"', "/rules/0/value", "'March' is not a number from 1 to 12"),
        ("customer.birth_date month is 1.5", "/rules/0/value", "'1.5' is not a number from 1 to 12"),
        ('customer.birth_date month is "\u0663"', "/rules/0/value", "'\u0663' is not a number from 1 to 12"),
        ("customer.joined_at weekday is 8", "/rules/0/value", "'8' is not a number from 1 to 7"),
        ('orders.count(since "yesterday") > 0', "/rules/0/window/since", "'yesterday' is not a date or time"),
        (
            'orders.count(between "2026-01-01" and "2026-13-01") > 0',
            "/rules/0/window/between/1",
            "'2026-13-01' is not a date or time",
        ),
        (
            'orders.count(between "2026-02-01" and "2026-01-01") > 0',
            "/rules/0/window/between",
            "between has its ends the wrong way round",
        ),
        (
            'orders.count(between "2026-01-01" and "2026-01-02T00:00") > 0',
            "/rules/0/window/between",
            "between needs two dates or two times, not one of each",
        ),
        ("marks.count(last 3 days) > 0", "/rules/0/window", "marks has no time, so it takes no window"),
        ('marks.count(since "soon") > 0', "/rules/0/window", "marks has no time, so it takes no window"),
        (
            'marks.count(between "2026-01-01" and "2026-01-02") > 0',
            "/rules/0/window",
            "marks has no time, so it takes no window",
        ),
    ],
)
def test_refusals(text, path, message):
    assert problems(text) == [(path, message)]


@pytest.mark.parametrize("digits", [3, 20, 5000])
def test_very_long_numbers_are_no_months(digits):
    rule = Rule(Group("and", (Attribute("customer.birth_date", "month_is", "1" * digits),)))

    assert problems(rule)[0][0] == "/rules/0/value"


def test_a_relation_without_times_may_be_asked_without_a_window():
    assert only_leaf("marks.max(stars) >= 4").asked == Term(Selection("marks", None, None), "max", "stars")


def test_another_base_currency_makes_the_rule_unfit():
    rule = replace(parse("orders.count() > 0"), base_currency="EUR")

    assert problems(rule) == [("/base_currency", "the rule counts in EUR, the shop in GBP")]
    assert bind({"": replace(rule, base_currency="GBP")}, CATALOGUE, PARIS).roots


def test_an_empty_group_made_by_hand():
    empty = Group("and", ())
    orders = Behaviour("orders", "count", ">", "0", where=empty)
    nested = Behaviour("orders", "count", ">", "0", where=Group("or", (tree.Test("gift", "is_set"), empty)))

    said = "the group is empty: say whom it should take in"
    assert problems(Rule(empty)) == [("", said)]
    assert problems(Rule(Group("and", (Group("or", (empty,)), orders, nested)))) == [
        ("/rules/0/rules/0", said),
        ("/rules/1/where", said),
        ("/rules/2/where/rules/1", said),
    ]


def test_nodes_out_of_place_made_by_hand():
    test = tree.Test("gift", "is_set")
    inside = Behaviour("orders", "count", ">", "0", where=Group("and", (Attribute("customer.country", "is_set"),)))

    assert problems(Rule(Group("and", (test, inside)))) == [
        ("/rules/0", "the condition has no kind"),
        ("/rules/1/where/rules/0", "inside where, only columns of the row can be asked"),
    ]


def test_every_problem_of_a_rule_is_found_at_once():
    text = (
        'customer.shoe_size = 43 and (customer.country > 3 or customer.visits = "x")'
        ' and orders.sum(channel, where nothing = 1 and total = "x", between "soon" and "later") > 5'
        ' and marks.count(where moons > 1, last 3 days) = "none"'
    )
    rule = replace(parse(text), base_currency="EUR")

    assert [path for path, _ in problems(rule)] == [
        "/base_currency",
        "/rules/0/field",
        "/rules/1/rules/0/operator",
        "/rules/1/rules/1/value",
        "/rules/2/where/rules/0/field",
        "/rules/2/where/rules/1/value",
        "/rules/2/window/between/0",
        "/rules/2/window/between/1",
        "/rules/2/of",
        "/rules/3/where/rules/0/field",
        "/rules/3/window",
        "/rules/3/value",
    ]


def test_the_problems_of_all_rules_are_raised_together():
    rules = {"a": parse("pets.count() > 0"), "b": parse("orders.count() > 0"), "c": parse("customer.shoe_size = 43")}

    with pytest.raises(RuleError) as caught:
        bind(rules, CATALOGUE, PARIS)
    assert [problem.message for problem in caught.value.problems] == [
        "unknown fact pets.count()",
        "unknown fact customer.shoe_size",
    ]


def test_what_can_be_asked_is_bound_and_what_cannot_is_named():
    rules = {1: parse("pets.count() > 0"), ("b",): parse("orders.count() > 0"), 3: parse("customer.shoe_size = 43")}

    plan, refused = bind_each(rules, CATALOGUE, PARIS)

    assert list(plan.roots) == [("b",)]
    assert {key: str(error) for key, error in refused.items()} == {
        1: "/rules/0/field: unknown fact pets.count()",
        3: "/rules/0/field: unknown fact customer.shoe_size",
    }


def test_no_rules_make_an_empty_plan():
    assert bind({}, CATALOGUE, PARIS).roots == {}


def test_what_a_behaviour_compares():
    orders = CATALOGUE.relations["orders"].columns

    assert measured_fact(Behaviour("orders", "count", ">", "0"), CATALOGUE) == COUNTED
    assert measured_fact(Behaviour("orders", "sum", ">", "0", of="total"), CATALOGUE) == orders["total"]
    assert measured_fact(Behaviour("orders", "max", "is_set", of="placed_at"), CATALOGUE) == orders["placed_at"]


@pytest.mark.parametrize("window", [None, Last(Duration(3, "day")), Between("2026-01-01", "2026-01-01"), Since("2026-01-01")])
def test_windows_are_kept_as_they_are(window):
    rule = Rule(Group("and", (Behaviour("orders", "count", ">", "0", window=window),)))

    (leaf,) = bind({"": rule}, CATALOGUE, PARIS).roots[""].parts
    assert leaf.asked.selection.window == window


def test_what_is_kept_from_rules_says_why():
    catalogue = replace(CATALOGUE, unasked={"customer.email": "personal", "orders.order_id": "key"})
    with pytest.raises(RuleError) as caught:
        bind({"": parse('customer.email = "a" and orders.count(where order_id = "1") > 0')}, catalogue, PARIS)
    assert [(problem.path, problem.message) for problem in caught.value.problems] == [
        ("/rules/0/field", "customer.email is personal: it is never kept, and so never asked"),
        ("/rules/1/where/rules/0/field", "orders.order_id is a key: it names rows and cannot be asked"),
    ]
