from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from segmentation.errors import RuleError
from segmentation.rules import Rule, dump, format_rule, load, parse, tree
from segmentation.rules.language import MAX_PARENTHESES
from segmentation.rules.tree import Attribute, Behaviour, Between, Duration, Group, Last, Since
from segmentation.rules.values import OPERATORS, PERIODS, UNITS, Shape
from tests.rules.strategies import RULES

A = Attribute("a", "=", "1")
B = Attribute("b", "=", "2")
C = Attribute("c", "=", "3")


def row(*tests):
    """What stands in `where`."""
    return Group("and", tuple(tree.Test(*test) for test in tests))


def behaviour(field, measure, operator, value, **more):
    """A behaviour leaf."""
    return Behaviour(field, measure, operator, value, **more)


def only_problem(text):
    """The one thing wrong with a text."""
    with pytest.raises(RuleError) as caught:
        parse(text)
    (problem,) = caught.value.problems
    return problem


VOCABULARY = [
    ('customer.country in ("FR", "PL")', [Attribute("customer.country", "in", ("FR", "PL"))]),
    ('customer.country != "FR" if unknown yes', [Attribute("customer.country", "!=", "FR", "yes")]),
    ("customer.birth_date anniversary next 7 days", [Attribute("customer.birth_date", "anniversary_next", Duration(7, "day"))]),
    ("customer.joined_at last 30 days", [Attribute("customer.joined_at", "last", Duration(30, "day"))]),
    ("orders.count(last 90 days) >= 3", [behaviour("orders", "count", ">=", "3", window=Last(Duration(90, "day")))]),
    (
        "orders.count(last 90 days) = 0 and orders.count() >= 1",
        [behaviour("orders", "count", "=", "0", window=Last(Duration(90, "day"))), behaviour("orders", "count", ">=", "1")],
    ),
    (
        "orders.sum(total, last 365 days) > 500",
        [behaviour("orders", "sum", ">", "500", of="total", window=Last(Duration(365, "day")))],
    ),
    (
        'orders.avg(total, where channel = "web", last 12 months) >= 80.50',
        [
            behaviour(
                "orders",
                "avg",
                ">=",
                "80.50",
                of="total",
                where=row(("channel", "=", "web")),
                window=Last(Duration(12, "month")),
            )
        ],
    ),
    (
        'order_lines.count(where product.category = "Lamps" and line_total > 20, last 30 days) = 0',
        [
            behaviour(
                "order_lines",
                "count",
                "=",
                "0",
                where=row(("product.category", "=", "Lamps"), ("line_total", ">", "20")),
                window=Last(Duration(30, "day")),
            )
        ],
    ),
    ("orders.min(placed_at) last 30 days", [behaviour("orders", "min", "last", Duration(30, "day"), of="placed_at")]),
    (
        'spend.sum(amount, between "2026-01-01" and "2026-03-31") > 200',
        [behaviour("spend", "sum", ">", "200", of="amount", window=Between("2026-01-01", "2026-03-31"))],
    ),
    (
        'orders.count(since "2026-01-01") >= 1',
        [behaviour("orders", "count", ">=", "1", window=Since("2026-01-01"))],
    ),
    (
        'carts.count(where state = "open" and total >= 50, last 7 days) >= 1',
        [
            behaviour(
                "carts",
                "count",
                ">=",
                "1",
                where=row(("state", "=", "open"), ("total", ">=", "50")),
                window=Last(Duration(7, "day")),
            )
        ],
    ),
    (
        "wishlist_items.count(where product.stock <= 3 and product.stock > 0) >= 1",
        [
            behaviour(
                "wishlist_items",
                "count",
                ">=",
                "1",
                where=row(("product.stock", "<=", "3"), ("product.stock", ">", "0")),
            )
        ],
    ),
]


@pytest.mark.parametrize(("text", "nodes"), VOCABULARY, ids=[text for text, _ in VOCABULARY])
def test_the_vocabulary(text, nodes):
    assert parse(text) == Rule(Group("and", tuple(nodes)))
    assert format_rule(parse(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "order_lines.count_distinct(product.category) >= 4",
        "orders.share(where coupon_code is set) >= 0.8",
        'orders.count(where any lines (product.category = "Lamps")) >= 1',
        "orders.first(test total >= 100)",
        "orders.nth(3, test total >= 100)",
        "orders.count(this year) >= 3",
        "orders.count(previous month) >= 3",
        'orders.count(before "2026-01-01") >= 3',
        "orders.count(since last orders) >= 3",
        "top 10 percent by orders.sum(total)",
        "bottom 20 percent by score.clv",
        'bucket "spring" 0 to 49',
        'in segment "vip"',
        'not in segment "dormant"',
        "pattern orders stopped period 1 month periods 3",
        "sequence (events, events) within 2 days",
        "at least 2 of (a = 1, b = 2)",
    ],
)
def test_what_later_releases_may_say_is_refused_today(text):
    with pytest.raises(RuleError):
        parse(text)


# Every spelling

WRITTEN = {
    Shape.NOTHING: [("", None)],
    Shape.ONE: [("5", "5"), ("-5.50", "-5.50"), ('"FR"', "FR"), ('"2026-01-01"', "2026-01-01")],
    Shape.MANY: [("(1)", ("1",)), ('("FR", 2)', ("FR", "2"))],
    Shape.ONE_OR_MANY: [("3", "3"), ("(3, 4)", ("3", "4"))],
    Shape.PAIR: [("1 and 2", ("1", "2")), ('"2026-01-01" and "2026-02-01"', ("2026-01-01", "2026-02-01"))],
    Shape.YES_NO: [("true", True), ("false", False)],
    Shape.DURATION: [(f"{n} {unit}{'s' * (n != 1)}", Duration(n, unit)) for n in (0, 1, 7) for unit in UNITS],
    Shape.PERIOD: [(period, period) for period in PERIODS],
}
SPELLED = [
    (f"customer.x {operator.text} {written}".strip(), operator.name, value)
    for operator in OPERATORS.values()
    for written, value in WRITTEN[operator.shape]
]


@pytest.mark.parametrize(("text", "operator", "value"), SPELLED, ids=[text for text, _, _ in SPELLED])
def test_every_operator_has_its_spelling(text, operator, value):
    assert parse(text).root == Group("and", (Attribute("customer.x", operator, value),))
    assert format_rule(parse(text)) == text


@pytest.mark.parametrize(("text", "operator", "value"), SPELLED, ids=[text for text, _, _ in SPELLED])
def test_every_operator_may_stand_in_where(text, operator, value):
    whole = f"orders.count(where {text}, last 3 days) >= 1"

    (leaf,) = parse(whole).root.rules
    assert leaf.where == row(("customer.x", operator, value))
    assert format_rule(parse(whole)) == whole


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 day", Duration(1, "day")),
        ("1 days", Duration(1, "day")),
        ("7 day", Duration(7, "day")),
        ("0 hours", Duration(0, "hour")),
        ("100000 years", Duration(100_000, "year")),
        ("007 days", Duration(7, "day")),
    ],
)
def test_units_are_singular_or_plural(text, value):
    assert parse(f"a last {text}").root.rules == (Attribute("a", "last", value),)


def test_any_time_is_no_window():
    assert parse("orders.count(any time) >= 1") == parse("orders.count() >= 1")
    assert format_rule(parse("orders.count(any time) >= 1")) == "orders.count() >= 1"


def test_arguments_come_in_any_order_and_are_written_in_one():
    text = 'orders.sum(last 3 days, where channel = "web", total) > 5'

    assert format_rule(parse(text)) == 'orders.sum(total, where channel = "web", last 3 days) > 5'


@pytest.mark.parametrize("unknown", ["yes", "no"])
def test_if_unknown_follows_any_leaf(unknown):
    assert parse(f"a = 1 if unknown {unknown}").root.rules == (Attribute("a", "=", "1", unknown),)
    assert parse(f"orders.avg(total) > 1 if unknown {unknown}").root.rules[0].if_unknown == unknown


def test_unknown_as_unknown_is_not_written():
    assert format_rule(Rule(Group("and", (Attribute("a", "=", "1", "unknown"),)))) == "a = 1"


def test_white_space_and_lines_mean_nothing():
    assert parse('  a=1\n\tand\r\n  b  in("x","y")and\n( c\t=\t3 )  ') == parse('a = 1 and b in ("x", "y") and (c = 3)')


@pytest.mark.parametrize(
    "name", ["andy", "order", "orders", "nothing", "anything", "allowed", "lastly", "whereabouts", "and", "or", "is", "in", "_x"]
)
def test_names_may_begin_with_words_of_the_language(name):
    leaf = Attribute(name, "=", "1")

    assert parse(f"{name} = 1").root == Group("and", (leaf,))
    assert parse(f"a = 1 and {name} = 1 or not {name} = 1").root == Group(
        "or", (Group("and", (A, leaf)), Group("and", (leaf,), negated=True))
    )
    assert parse(f"orders.sum({name}, where {name} = 1) = 1").root.rules == (
        behaviour("orders", "sum", "=", "1", of=name, where=row((name, "=", "1"))),
    )


# Groups

GROUPS = [
    ("a = 1", Group("and", (A,))),
    ("a = 1 and b = 2", Group("and", (A, B))),
    ("a = 1 or b = 2", Group("or", (A, B))),
    ("a = 1 and b = 2 and c = 3", Group("and", (A, B, C))),
    ("(a = 1)", Group("and", (Group("and", (A,)),))),
    ("((a = 1))", Group("and", (Group("and", (Group("and", (A,)),)),))),
    ("(a = 1 or b = 2)", Group("and", (Group("or", (A, B)),))),
    ("(a = 1 or b = 2) and c = 3", Group("and", (Group("or", (A, B)), C))),
    ("a = 1 and (b = 2 and c = 3)", Group("and", (A, Group("and", (B, C))))),
    ("not (a = 1)", Group("and", (A,), negated=True)),
    ("not (a = 1 and b = 2)", Group("and", (A, B), negated=True)),
    ("not (a = 1 or b = 2)", Group("or", (A, B), negated=True)),
    ("not (not (a = 1))", Group("and", (Group("and", (A,), negated=True),), negated=True)),
    ("(not (a = 1))", Group("and", (Group("and", (Group("and", (A,), negated=True),)),))),
    ("all of (not (a = 1))", Group("and", (Group("and", (A,), negated=True),))),
    ("any of (a = 1)", Group("or", (A,))),
    ("all of (any of (a = 1))", Group("and", (Group("or", (A,)),))),
    ("not any of (a = 1)", Group("or", (A,), negated=True)),
    ("any of (not (a = 1))", Group("or", (Group("and", (A,), negated=True),))),
    ("a = 1 and any of (b = 2)", Group("and", (A, Group("or", (B,))))),
    ("not (a = 1) and not (b = 2)", Group("and", (Group("and", (A,), negated=True), Group("and", (B,), negated=True)))),
]


@pytest.mark.parametrize(("text", "root"), GROUPS, ids=[text for text, _ in GROUPS])
def test_groups_are_written_and_read_alike(text, root):
    assert parse(text).root == root
    assert format_rule(Rule(root)) == text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a = 1 or b = 2 and c = 3", "a = 1 or (b = 2 and c = 3)"),
        ("a = 1 and b = 2 or c = 3", "(a = 1 and b = 2) or c = 3"),
        ("not a = 1", "not (a = 1)"),
        ("not a = 1 and b = 2", "not (a = 1) and b = 2"),
        ("(not a = 1)", "(not (a = 1))"),
        ("all of (a = 1, b = 2)", "a = 1 and b = 2"),
        ("any of (a = 1, b = 2)", "a = 1 or b = 2"),
        ("all of (a = 1)", "a = 1"),
        ("any of (a = 1, b = 2) and c = 3", "(a = 1 or b = 2) and c = 3"),
        ("any of (a = 1 and b = 2, c = 3)", "(a = 1 and b = 2) or c = 3"),
        ("not all of (a = 1, b = 2)", "not (a = 1 and b = 2)"),
        ("((a = 1 or b = 2))", "((a = 1 or b = 2))"),
    ],
)
def test_and_binds_tighter_than_or_and_not_tighter_than_both(text, written):
    assert format_rule(parse(text)) == written
    assert parse(written) == parse(text)


@pytest.mark.parametrize(
    "where",
    [
        "a = 1 or b = 2",
        "not (a = 1)",
        "any of (a = 1)",
        "all of (not (a = 1))",
        "(a = 1 or b = 2) and not (c = 3)",
    ],
)
def test_where_has_groups_too(where):
    text = f"orders.count(where {where}) >= 1"

    (leaf,) = parse(text).root.rules
    whole = parse(where).root
    assert (leaf.where.combinator, leaf.where.negated) == (whole.combinator, whole.negated)
    assert format_rule(parse(text)) == text


# Texts in quotes


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ('""', ""),
        (r'"say \"hi\""', 'say "hi"'),
        (r'"back\\slash"', "back\\slash"),
        (r'"tab\tline\nend"', "tab\tline\nend"),
        ('"a\tb"', "a\tb"),
        (r'"\u017b\u00f3\u0142w"', "Żółw"),
        (r'"\ud83d\ude00"', "😀"),
        ('"a) or (b // c"', "a) or (b // c"),
        ('"%(x)s {0} \u2028"', "%(x)s {0} \u2028"),
    ],
)
def test_texts_in_quotes(written, text):
    rule = parse(f"a = {written}")

    assert rule.root.rules == (Attribute("a", "=", text),)
    assert parse(format_rule(rule)) == rule


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("5", "5"),
        ("-5.50", "-5.50"),
        ("007", "007"),
        ("1" * 40, "1" * 40),
        ("1.", '"1."'),
        (".5", '".5"'),
        ("--5", '"--5"'),
        ("1e5", '"1e5"'),
        ("²", '"²"'),
        ("", '""'),
        ("true", '"true"'),
        ('"', r'"\""'),
        ("a\nb", r'"a\nb"'),
        ("Żółw", '"Żółw"'),
    ],
)
def test_numbers_are_written_bare_and_other_texts_in_quotes(value, written):
    rule = Rule(Group("and", (Attribute("a", "=", value),)))

    assert format_rule(rule) == f"a = {written}"
    assert parse(format_rule(rule)) == rule


# Both ways


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(RULES)
def test_tree_to_text_to_tree_is_an_identity_and_formatting_idempotent(rule):
    text = format_rule(rule)

    assert parse(text).root == rule.root
    assert format_rule(parse(text)) == text
    assert "\n" not in text


def test_a_text_has_no_currency_and_storing_adds_it():
    rule = parse("a = 1")

    assert rule.base_currency is None
    assert load({**dump(rule), "base_currency": "GBP"}) == Rule(rule.root, "GBP")


# Mistakes, with their places

SLIPS = [
    ("", 1, 1, "the rule ends too early; expected (, all, any, not, the name of a fact"),
    (" \n ", 1, 1, "the rule ends too early; expected (, all, any, not, the name of a fact"),
    ("a = 1 and", 1, 10, "the rule ends too early; expected (, all, any, not, the name of a fact"),
    ("a = 1\n  and\n\n", 2, 6, "the rule ends too early; expected (, all, any, not, the name of a fact"),
    ("a = 1 and \u2028x\u2028 =", 1, 11, "'\\u2028' is not expected here; expected (, the name of a fact"),
    ("(a = 1", 1, 7, "the rule ends too early; expected )"),
    ("a = 1)", 1, 6, "')' is not expected here; expected the end"),
    ("a = FR", 1, 5, "'FR' is not expected here; expected a number, a text in \"quotes\""),
    ("a == 1", 1, 4, "'=' is not expected here; expected a number, a text in \"quotes\""),
    ('a = "FR', 1, 5, "the text in quotes has no end on its line"),
    ('a = 1 and\nb = "F\nR"', 2, 5, "the text in quotes has no end on its line"),
    ('a = "\\x"', 1, 5, "the text has an unknown escape"),
    ('a = 1 or b in ("x", "\\ud800")', 1, 21, "the text holds a control or text-direction character"),
    ("a is maybe", 1, 6, "'maybe' is not expected here; expected not, set, true or false"),
    ("a in ()", 1, 7, "')' is not expected here; expected a number, a text in \"quotes\""),
    ("a between 1", 1, 12, "the rule ends too early; expected and"),
    ("a this decade", 1, 8, "'decade' is not expected here; expected day, week, month, quarter or year"),
    ("a last 3 fortnights", 1, 10, "'fortnights' is not expected here; expected a unit (days, hours, …)"),
    ("a last 1.5 days", 1, 8, "a duration must be a whole number from 0 to 100000"),
    ("a last -1 days", 1, 8, "a duration must be a whole number from 0 to 100000"),
    ("orders.count(last 100001 days) = 0", 1, 19, "a duration must be a whole number from 0 to 100000"),
    (f"a last {'9' * 5000} days", 1, 8, "a duration must be a whole number from 0 to 100000"),
    ("a = 1 if unknown maybe", 1, 18, "'maybe' is not expected here; expected yes or no"),
    ("a = 1 and orders() = 1", 1, 11, "orders needs a measure, such as orders.count()"),
    ("orders.count(last 1 day, last 2 days) = 1", 1, 1, "window is given twice"),
    ("orders.sum(a, b) = 1", 1, 1, "of is given twice"),
    ("a = 1 and orders.count(where b.count() = 1) = 1", 1, 24, "inside where, only columns of the row can be asked"),
    (
        "orders.count(where a = 1 if unknown no) = 1",
        1,
        14,
        "inside where, a row counts only if its test is true: there is no `if unknown`",
    ),
    ("Customer.country = 1", 1, 1, "'Customer' is not expected here; expected (, the name of a fact"),
]


@pytest.mark.parametrize(("text", "line", "column", "message"), SLIPS, ids=[repr(slip[0])[:40] for slip in SLIPS])
def test_mistakes_have_their_line_and_column(text, line, column, message):
    problem = only_problem(text)

    assert (problem.path, problem.line, problem.column) == ("", line, column)
    assert problem.message == message


def test_a_missing_and_is_found_before_a_name_that_begins_with_or():
    problem = only_problem("orders.count() = 0 orders.count() = 1")

    assert (problem.line, problem.column) == (1, 20)
    assert problem.message == "'orders.count' is not expected here; expected ), a comma, and, if, or"


def test_a_message_says_where_it_is():
    with pytest.raises(RuleError, match=r"^line 2, column 5: 'FR' is not expected here"):
        parse("\na = FR")


@pytest.mark.parametrize(
    ("text", "path", "message"),
    [
        ("a = 1 and orders.median(total) = 1", "/rules/1/measure", "unknown measure 'median'"),
        ("orders.sum() = 1", "/rules/0/of", "sum needs a column"),
        ("orders.count(total) = 1", "/rules/0/of", "count takes no column"),
        ('not (a contains " ")', "/rules/0/value", "contains needs a text that is not empty"),
        ('orders.count(where a contains "") = 1', "/rules/0/where/rules/0/value", "contains needs a text that is not empty"),
    ],
)
def test_a_text_that_can_be_read_but_not_stored_is_refused_with_pointers(text, path, message):
    problem = only_problem(text)

    assert (problem.path, problem.line, problem.column) == (path, None, None)
    assert problem.message.startswith(message)


# Hostile texts


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a = 1 and " * 10_000, "the rule is larger than 32768 bytes"),
        ("é" * 16_385, "the rule is larger than 32768 bytes"),
        ("\ud800" * 40_000, "the rule is larger than 32768 bytes"),
        ("(" * 10_000, "parentheses are nested deeper than 64"),
        ("(" * 10_000 + "a = 1" + ")" * 10_000, "parentheses are nested deeper than 64"),
        ("not (" * 5_000, "parentheses are nested deeper than 64"),
        ("any of (" * 4_000, "parentheses are nested deeper than 64"),
        ('a = "\\"" and ' + "(" * 65, "parentheses are nested deeper than 64"),
    ],
    ids=["100 kB", "two-byte letters", "surrogates", "open", "closed", "not", "any of", "after an escaped quote"],
)
def test_too_much_is_refused_before_it_is_parsed(text, message):
    problem = only_problem(text)

    assert (problem.path, problem.message) == ("", message)


@pytest.mark.parametrize(
    "text",
    [
        ")" * 10_000,
        '"' * 9_999,
        '"' + "(" * 10_000,
        '"\n' + "(" * 10_000,
        "\\" * 30_000,
        "not " * 8_000 + "a = 1",
        "a = 1\0",
        "\0a = 1",
        'a = "\0"',
        'a = "\\u0000"',
        'a = "abc\u202edef"',
        "a = 1 \u202eand b = 2",
        "\ufeffa = 1",
        "a\u00a0= 1",
        "a = \u0663",
        "a = 1 -- comment",
        "a = 1; drop table",
        "{}",
        "\ud800",
    ],
)
def test_hostile_texts_are_refused(text):
    with pytest.raises(RuleError):
        parse(text)


def test_parentheses_within_quotes_nest_nothing():
    assert parse(f'a = "{"(" * 1000}"').root.rules == (Attribute("a", "=", "(" * 1000),)


def test_as_deep_as_a_rule_may_be():
    assert MAX_PARENTHESES == 64
    assert parse("(" * 7 + "a = 1" + ")" * 7)
    assert only_problem("(" * 8 + "a = 1" + ")" * 8).message == "groups are nested deeper than 8"


def test_as_many_conditions_as_a_rule_may_have():
    assert len(parse(" and ".join(["a = 1"] * 200)).root.rules) == 200
    assert only_problem(" and ".join(["a = 1"] * 201)).message == "the rule has 201 conditions; at most 200 are allowed"
