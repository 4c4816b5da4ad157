from __future__ import annotations

import pytest

from segmentation.rules import load, tree
from segmentation.rules.tree import (
    Before,
    Bucket,
    Duration,
    Group,
    Last,
    Member,
    Nth,
    Pattern,
    Rank,
    Sequence,
    Since,
    Step,
    This,
)
from segmentation.rules.values import MEASURES
from tests.rules.definitions import FRENCH, FREQUENT, LARGE, only_leaf, problems, root

WHERE = {"combinator": "and", "rules": [LARGE]}
LARGE_ROWS = Group("and", (tree.Test("total", ">", "100"),))
WEEK = {"n": 7, "unit": "day"}

FIRST = {"kind": "nth", "field": "orders", "which": "first", "test": WHERE}
BIG = {"kind": "rank", "field": "orders", "measure": "sum", "of": "total", "operator": "top_percent", "value": "10"}
CLV = {"kind": "rank", "field": "score.clv", "operator": "top", "value": "100"}
VIP = {"kind": "member", "segment": "vip", "operator": "in"}
SPRING = {"kind": "bucket", "salt": "spring", "from": 0, "to": 49}
CHECKOUT = {"kind": "sequence", "steps": [{"field": "events", "where": WHERE}, {"field": "orders"}]}
STOPPED = {"kind": "pattern", "field": "orders", "pattern": "stopped", "period": {"n": 1, "unit": "month"}, "periods": 3}
LEAVES = (FRENCH, FREQUENT, FIRST, BIG, CLV, VIP, SPRING, CHECKOUT, STOPPED)


def without(leaf, key):
    """The leaf, of which one key is missing."""
    return {name: value for name, value in leaf.items() if name != key}


def refused(leaf, key, said):
    """Whether a leaf is refused for one thing at this key, and nothing else."""
    return problems(root(leaf)) == [(f"/rules/0/{key}", said)]


@pytest.mark.parametrize("leaf", LEAVES, ids=[leaf["kind"] for leaf in LEAVES])
@pytest.mark.parametrize("unknown", ["yes", "no", "unknown"])
def test_if_unknown_stands_on_every_leaf(leaf, unknown):
    assert only_leaf(root({**leaf, "if_unknown": unknown})).if_unknown == unknown
    assert only_leaf(root(leaf)).if_unknown == "unknown"


@pytest.mark.parametrize("leaf", LEAVES, ids=[leaf["kind"] for leaf in LEAVES])
def test_no_leaf_takes_a_key_of_which_it_knows_nothing(leaf):
    assert refused({**leaf, "note": 1}, "note", "unknown key 'note'")


@pytest.mark.parametrize(
    "leaf", [FREQUENT, FIRST, BIG, CLV, STOPPED], ids=["behaviour", "nth", "rank", "rank of a fact", "pattern"]
)
def test_every_leaf_over_rows_names_what_it_asks(leaf):
    assert refused({**leaf, "field": None}, "field", "field must name a fact")


def test_nulls_are_read_as_absent():
    leaf = {**FREQUENT, "of": None, "where": None, "window": None, "if_unknown": None}

    assert load(root(leaf)) == load(root(FREQUENT))


def test_a_leaf_needs_a_kind():
    leaf = {key: value for key, value in FRENCH.items() if key != "kind"}

    assert problems(root(leaf)) == [("/rules/0", "the condition has no kind")]


@pytest.mark.parametrize(
    ("kind", "said"),
    [("median", "'median'"), ("Attribute", "'Attribute'"), ("", "''"), (1, "a number"), (["attribute"], "a list")],
)
def test_an_unknown_kind(kind, said):
    assert problems(root({**FRENCH, "kind": kind})) == [("/rules/0/kind", f"unknown kind of condition {said}")]


@pytest.mark.parametrize("key", ["measure", "of", "where", "window"])
def test_an_attribute_takes_nothing_of_a_behaviour(key):
    assert problems(root({**FRENCH, key: None})) == [(f"/rules/0/{key}", f"unknown key '{key}'")]


@pytest.mark.parametrize("measure", ["median", "COUNT", "first"])
def test_an_unknown_measure(measure):
    assert problems(root({**FREQUENT, "measure": measure, "of": "total"})) == [
        (
            "/rules/0/measure",
            f"unknown measure {'a number' if measure == 1 else repr(measure)}: it must be one of {', '.join(MEASURES)}",
        )
    ]


def test_a_behaviour_needs_a_measure():
    assert problems(root({**FREQUENT, "measure": None})) == [
        ("/rules/0/measure", f"unknown measure null: it must be one of {', '.join(MEASURES)}")
    ]


@pytest.mark.parametrize("measure", ["count", "days_between"])
def test_some_measures_take_no_column(measure):
    assert only_leaf(root({**FREQUENT, "measure": measure})).of is None
    assert problems(root({**FREQUENT, "measure": measure, "of": "total"})) == [("/rules/0/of", f"{measure} takes no column")]


@pytest.mark.parametrize("measure", ["count_distinct", "sum", "avg", "min", "max"])
def test_other_measures_need_a_column(measure):
    assert problems(root({**FREQUENT, "measure": measure})) == [("/rules/0/of", f"{measure} needs a column: what is it of?")]


@pytest.mark.parametrize("of", ["", 1, ["total"]])
def test_of_must_name_a_column(of):
    assert problems(root({**FREQUENT, "measure": "sum", "of": of}))[0] == ("/rules/0/of", "of must name a fact")


@pytest.mark.parametrize("value", ["", "maybe", "Yes", True, False, 0, []])
def test_an_unknown_if_unknown(value):
    for leaf in LEAVES:
        (problem,) = problems(root({**leaf, "if_unknown": value}))
        assert problem[0] == "/rules/0/if_unknown"
        assert problem[1].endswith(": it must be one of unknown, no, yes")


# Share


def test_share_needs_where_and_may_have_a_column():
    share = {**FREQUENT, "measure": "share", "where": WHERE}

    assert only_leaf(root(share)).of is None
    assert only_leaf(root({**share, "of": "total"})).of == "total"
    assert refused(without(share, "where"), "where", "share needs where: which of the rows?")
    assert refused({**share, "where": None, "of": "total"}, "where", "share needs where: which of the rows?")


# Nth


@pytest.mark.parametrize("which", ["first", "last", 1, 3, 1000])
def test_the_first_the_last_or_the_nth_row(which):
    assert only_leaf(root({**FIRST, "which": which})) == Nth("orders", which, LARGE_ROWS)


def test_a_row_among_those_that_match_in_a_window():
    leaf = {**FIRST, "where": WHERE, "window": {"this": "year"}}

    assert only_leaf(root(leaf)) == Nth("orders", "first", LARGE_ROWS, LARGE_ROWS, This("year"))


@pytest.mark.parametrize("which", [None, "second", "3", 1.0, True, [1], {"n": 1}])
def test_which_row_must_be_said(which):
    assert refused({**FIRST, "which": which}, "which", "which must be first, last or a whole number from 1 to 1000")


@pytest.mark.parametrize("which", [0, -1, 1001])
def test_rows_are_numbered_from_one(which):
    assert refused({**FIRST, "which": which}, "which", "which must be a whole number from 1 to 1000")


@pytest.mark.parametrize("test", [None, "total > 100", [LARGE]])
def test_a_row_is_asked_something(test):
    assert refused({**FIRST, "test": test}, "test", "test must be a group")
    assert refused(without(FIRST, "test"), "test", "test must be a group")


def test_the_test_of_a_row_is_no_empty_group():
    said = "the group is empty: say whom it should take in"

    assert refused({**FIRST, "test": {"combinator": "and", "rules": []}}, "test", said)


# Rank


def test_a_rank_by_a_measure():
    leaf = {**BIG, "where": WHERE, "window": {"last": 365, "unit": "day"}, "leave_at": 12, "min_stay": WEEK}

    assert only_leaf(root(leaf)) == Rank(
        "orders",
        "top_percent",
        "10",
        "sum",
        "total",
        LARGE_ROWS,
        Last(Duration(365, "day")),
        "12",
        Duration(7, "day"),
    )


def test_a_rank_by_a_fact():
    assert only_leaf(root(CLV)) == Rank("score.clv", "top", "100")


@pytest.mark.parametrize("key", ["of", "where", "window"])
def test_a_fact_has_no_rows_to_choose_from(key):
    value = {"of": "total", "where": WHERE, "window": {"this": "year"}}[key]

    assert refused({**CLV, key: value}, key, f"{key} needs a measure: a fact has no rows to choose from")


def test_the_measure_of_a_rank_is_as_that_of_a_behaviour():
    assert refused(without(BIG, "of"), "of", "sum needs a column: what is it of?")
    assert refused({**BIG, "measure": "count"}, "of", "count takes no column")
    assert refused({**BIG, "measure": "share"}, "where", "share needs where: which of the rows?")
    assert problems(root({**BIG, "measure": "median"}))[0][0] == "/rules/0/measure"


@pytest.mark.parametrize("operator", [None, "", "=", "best", "top percent"])
def test_an_unknown_end_of_a_rank(operator):
    (problem,) = problems(root({**CLV, "operator": operator}))

    assert problem[0] == "/rules/0/operator"
    assert problem[1].endswith(": it must be one of top_percent, top, bottom_percent, bottom")


@pytest.mark.parametrize("operator", ["top_percent", "bottom_percent"])
@pytest.mark.parametrize("value", ["0.01", "10", "12.5", "100", "100.00", 7])
def test_a_percentage(operator, value):
    assert only_leaf(root({**CLV, "operator": operator, "value": value})).value == str(value)


@pytest.mark.parametrize("operator", ["top_percent", "bottom_percent"])
@pytest.mark.parametrize("value", ["0", "-1", "100.01", "101", "ten", "", " 10", "10%", "1e1", 0, "0.0000000001"])
def test_no_percentage(operator, value):
    said = "%s must be a percentage above 0 and up to 100"

    assert refused({**CLV, "operator": operator, "value": value}, "value", said % "value")
    assert refused({**CLV, "operator": operator, "value": "1", "leave_at": value}, "leave_at", said % "leave_at")


@pytest.mark.parametrize("operator", ["top", "bottom"])
@pytest.mark.parametrize("value", ["1", "100", "100000", 7])
def test_a_count_of_people(operator, value):
    assert only_leaf(root({**CLV, "operator": operator, "value": value})).value == str(value)


@pytest.mark.parametrize("operator", ["top", "bottom"])
@pytest.mark.parametrize("value", ["0", "-1", "1.5", "1.0", "many", "", 0, "1" * 16, "²", "٣"])
def test_no_count_of_people(operator, value):
    said = "%s must be a whole number from 1"

    assert refused({**CLV, "operator": operator, "value": value}, "value", said % "value")
    assert refused({**CLV, "operator": operator, "leave_at": value}, "leave_at", said % "leave_at")


@pytest.mark.parametrize("value", [None, True, ["10"], {}])
def test_how_far_a_rank_reaches_is_said(value):
    assert refused({**BIG, "value": value}, "value", "the value must be a text")
    assert refused(without(BIG, "value"), "value", "the value must be a text")


def test_floats_are_no_percentages():
    said = 'write the number as text, such as "80.50": a float is not exact'

    assert refused({**BIG, "value": 10.5}, "value", said)
    assert refused({**BIG, "leave_at": 10.5}, "leave_at", said)


@pytest.mark.parametrize(
    ("operator", "value", "leave_at"),
    [("top_percent", "10", "10"), ("bottom_percent", "9.5", "10"), ("top", "100", "120"), ("bottom", "9", "10")],
)
def test_one_leaves_as_late_as_one_comes_or_later(operator, value, leave_at):
    leaf = {**CLV, "operator": operator, "value": value, "leave_at": leave_at}

    assert only_leaf(root(leaf)).leave_at == leave_at


@pytest.mark.parametrize(
    ("operator", "value", "leave_at"), [("top_percent", "10", "9.99"), ("bottom_percent", "10", "9"), ("top", "100", "99")]
)
def test_no_one_leaves_before_one_comes(operator, value, leave_at):
    leaf = {**CLV, "operator": operator, "value": value, "leave_at": leave_at}

    assert refused(leaf, "leave_at", "leave_at is narrower than value: who comes in would have to leave at once")


@pytest.mark.parametrize("stay", ["7 days", 7, {"n": 7}, {}])
def test_a_stay_is_a_duration(stay):
    assert refused({**BIG, "min_stay": stay}, "min_stay", "a duration must have n and unit and nothing else")


STAYING = {**BIG, "leave_at": "12", "min_stay": WEEK}


def group(combinator, *rules, **more):
    """A stored group."""
    return {"combinator": combinator, "rules": list(rules), **more}


@pytest.mark.parametrize(
    "data",
    [
        root(STAYING),
        root(FRENCH, STAYING),
        root(group("and", STAYING, FRENCH)),
        root(group("and", group("and", STAYING)), group("or", FRENCH), group("and", FRENCH, **{"not": True})),
    ],
)
def test_one_may_stay_below_plain_and_groups(data):
    assert load(data)


@pytest.mark.parametrize(
    ("data", "path"),
    [
        (root(STAYING, combinator="or"), "/rules/0"),
        (root(STAYING, **{"not": True}), "/rules/0"),
        (root(STAYING, combinator="at_least", n=1), "/rules/0"),
        (root(FRENCH, group("or", FRENCH, STAYING)), "/rules/1/rules/1"),
        (root(group("and", STAYING, **{"not": True})), "/rules/0/rules/0"),
        (root(group("at_least", STAYING, n=1)), "/rules/0/rules/0"),
        (root(group("or", group("and", STAYING))), "/rules/0/rules/0/rules/0"),
        (root(group("and", group("and", STAYING)), **{"not": True}), "/rules/0/rules/0/rules/0"),
    ],
)
def test_one_may_not_stay_elsewhere(data, path):
    said = "%s may stand only where no `or`, `not` or `at_least` is above it"

    assert problems(data) == [(f"{path}/leave_at", said % "leave_at"), (f"{path}/min_stay", said % "min_stay")]


def test_a_plain_rank_may_stand_anywhere():
    assert load(root(group("or", BIG, {**CLV, "leave_at": None, "min_stay": None}), **{"not": True}))


# Member


@pytest.mark.parametrize("segment", ["vip", "VIP_2-b", "-", "a" * 80, "2026"])
@pytest.mark.parametrize("operator", ["in", "not_in"])
def test_members_of_another_segment(segment, operator):
    assert only_leaf(root({**VIP, "segment": segment, "operator": operator})) == Member(segment, operator)


def test_members_for_so_long_who_entered_then():
    leaf = {**VIP, "for_at_least": {"n": 14, "unit": "day"}, "entered": {"before": "2026-01-01"}}

    assert only_leaf(root(leaf)) == Member("vip", "in", Duration(14, "day"), Before("2026-01-01"))
    assert only_leaf(root({**without(leaf, "entered"), "operator": "not_in"})) == Member("vip", "not_in", Duration(14, "day"))


@pytest.mark.parametrize("segment", [None, "", "v i p", "vip\n", "żubr", "a" * 81, "a/b", 7, ["vip"]])
def test_no_segment_is_called_so(segment):
    said = "segment must name a segment: letters, digits, - and _, at most 80 of them"

    assert refused({**VIP, "segment": segment}, "segment", said)


@pytest.mark.parametrize("operator", [None, "=", "not in", "is"])
def test_one_is_in_or_not_in(operator):
    (problem,) = problems(root({**VIP, "operator": operator}))

    assert problem[0] == "/rules/0/operator"
    assert problem[1].endswith(": it must be one of in, not_in")


def test_only_who_is_in_has_entered():
    entered = {"last": 7, "unit": "day"}

    assert only_leaf(root({**VIP, "entered": entered})).entered == Last(Duration(7, "day"))
    assert refused({**VIP, "operator": "not_in", "entered": entered}, "entered", "only who is in a segment has entered it")


def test_one_does_not_enter_since_the_last_of_some_rows():
    said = "entered takes every window but since_last"

    assert refused({**VIP, "entered": {"since_last": "orders"}}, "entered/since_last", said)


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("for_at_least", "14 days", "a duration must have n and unit and nothing else"),
        ("for_at_least", {"last": 14, "unit": "day"}, "a duration must have n and unit and nothing else"),
        ("entered", "last 7 days", "a window must be an object"),
        ("entered", {"for": 7}, "unknown window with for"),
    ],
)
def test_for_how_long_and_when_are_said_as_everywhere(key, value, said):
    assert refused({**VIP, key: value}, key, said)


# Bucket


@pytest.mark.parametrize(("first", "last"), [(0, 99), (0, 0), (99, 99), (10, 19)])
def test_a_share_of_the_base(first, last):
    assert only_leaf(root({**SPRING, "from": first, "to": last})) == Bucket("spring", first, last)


@pytest.mark.parametrize("value", [None, -1, 100, "0", 0.0, True])
def test_the_ends_of_a_bucket_are_percents(value):
    assert refused({**SPRING, "from": value}, "from", "from must be a whole number from 0 to 99")
    assert refused({**SPRING, "to": value}, "to", "to must be a whole number from 0 to 99")


def test_a_bucket_has_its_ends_the_right_way_round():
    assert refused({**SPRING, "from": 50}, "to", "to must be a whole number from 50 to 99")


@pytest.mark.parametrize(
    ("salt", "said"),
    [
        (None, "the value must be a text"),
        (7, "the value must be a text"),
        ("", "a bucket needs a salt: another salt draws other people"),
        (" \t", "a bucket needs a salt: another salt draws other people"),
        ("a\u202eb", "the text holds a control or text-direction character"),
    ],
)
def test_a_bucket_has_a_salt(salt, said):
    assert refused({**SPRING, "salt": salt}, "salt", said)


# Sequence


def test_rows_one_after_the_other():
    leaf = {
        **CHECKOUT,
        "within": {"n": 2, "unit": "day"},
        "window": {"since": "2026-01-01"},
        "not_then": {"field": "refunds", "where": WHERE},
    }

    steps = (Step("events", LARGE_ROWS), Step("orders"))
    assert only_leaf(root(CHECKOUT)) == Sequence(steps)
    assert only_leaf(root(leaf)) == Sequence(steps, Duration(2, "day"), Since("2026-01-01"), Step("refunds", LARGE_ROWS))


@pytest.mark.parametrize("unit", ["minute", "hour", "day", "week"])
def test_steps_lie_within_units_that_always_last_as_long(unit):
    assert only_leaf(root({**CHECKOUT, "within": {"n": 3, "unit": unit}})).within == Duration(3, unit)


@pytest.mark.parametrize("unit", ["month", "year", "quarter", None])
def test_a_month_is_not_always_as_long(unit):
    (problem,) = problems(root({**CHECKOUT, "within": {"n": 1, "unit": unit}}))

    assert problem[0] == "/rules/0/within/unit"
    assert problem[1].endswith(": it must be one of minute, hour, day, week")


@pytest.mark.parametrize("count", [2, 10])
def test_so_many_steps(count):
    assert len(only_leaf(root({**CHECKOUT, "steps": [{"field": "events"}] * count})).steps) == count


@pytest.mark.parametrize("steps", [None, [], [{"field": "events"}], [{"field": "events"}] * 11, {"field": "events"}, "events", 2])
def test_too_few_steps_or_too_many(steps):
    assert refused({**CHECKOUT, "steps": steps}, "steps", "a sequence has 2 to 10 steps")


@pytest.mark.parametrize(
    ("step", "path", "said"),
    [
        (None, "", "a step must be an object"),
        ("events", "", "a step must be an object"),
        ({}, "/field", "field must name a fact"),
        ({"field": "events", "operator": "="}, "/operator", "unknown key 'operator'"),
        ({"field": "events", "where": LARGE}, "/where/rules", "a group needs a list of rules"),
    ],
)
def test_what_is_no_step(step, path, said):
    events = {"field": "events"}

    assert (f"/rules/0/steps/1{path}", said) in problems(root({**CHECKOUT, "steps": [events, step]}))
    if step is not None:
        assert (f"/rules/0/not_then{path}", said) in problems(root({**CHECKOUT, "not_then": step}))


# Pattern


@pytest.mark.parametrize("pattern", ["regularly", "stopped", "restarted"])
@pytest.mark.parametrize("unit", ["day", "week", "month", "year"])
def test_rows_spread_over_periods(pattern, unit):
    leaf = {**STOPPED, "pattern": pattern, "period": {"n": 2, "unit": unit}, "where": WHERE}

    assert only_leaf(root(leaf)) == Pattern("orders", pattern, Duration(2, unit), 3, LARGE_ROWS)


def test_a_first_time_has_one_period():
    first = {**without(STOPPED, "periods"), "pattern": "first_time"}

    assert only_leaf(root(first)) == Pattern("orders", "first_time", Duration(1, "month"))
    assert refused({**first, "periods": 3}, "periods", "first_time takes no periods")


@pytest.mark.parametrize("periods", [None, 0, -1, 61, "3", 3.0, True])
@pytest.mark.parametrize("pattern", ["regularly", "stopped", "restarted"])
def test_other_patterns_have_so_many(pattern, periods):
    leaf = {**STOPPED, "pattern": pattern, "periods": periods}

    assert refused(leaf, "periods", "periods must be a whole number from 1 to 60")


@pytest.mark.parametrize("periods", [1, 60])
def test_from_one_period_to_sixty(periods):
    assert only_leaf(root({**STOPPED, "periods": periods})).periods == periods


@pytest.mark.parametrize("pattern", [None, "seldom", "first time", 1])
def test_an_unknown_pattern(pattern):
    (problem,) = problems(root({**STOPPED, "pattern": pattern}))

    assert problem[0] == "/rules/0/pattern"
    assert problem[1].endswith(": it must be one of first_time, regularly, stopped, restarted")


@pytest.mark.parametrize("unit", ["minute", "hour", "quarter"])
def test_periods_begin_at_midnight(unit):
    (problem,) = problems(root({**STOPPED, "period": {"n": 1, "unit": unit}}))

    assert problem[0] == "/rules/0/period/unit"
    assert problem[1].endswith(": it must be one of day, week, month, year")


@pytest.mark.parametrize("n", [0, -1, 100_001, None])
def test_a_period_is_no_moment(n):
    said = "a duration must be a whole number from 1 to 100000"

    assert refused({**STOPPED, "period": {"n": n, "unit": "day"}}, "period/n", said)


def test_a_pattern_has_a_period():
    assert refused(without(STOPPED, "period"), "period", "a duration must have n and unit and nothing else")
