from __future__ import annotations

import re
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from segmentation.errors import RuleError
from segmentation.rules import Rule, dump, format_rule, load, parse, tree
from segmentation.rules.language import _parser
from segmentation.rules.limits import MAX_PARENTHESES
from segmentation.rules.tree import (
    LEAVES,
    Attribute,
    Before,
    Behaviour,
    Below,
    Between,
    Bucket,
    Circle,
    Comparison,
    Duration,
    Group,
    Last,
    Member,
    NotLast,
    Nth,
    Pattern,
    Previous,
    Rank,
    Sequence,
    Since,
    SinceLast,
    Step,
    This,
)
from segmentation.rules.values import NAME, WORDS
from tests.rules.strategies import RULES
from tests.rules.texts import A, only_problem, row


def count(field="orders", operator=">=", value="1", **more):
    """A behaviour leaf that counts."""
    return Behaviour(field, "count", operator, value, **more)


def days(number):
    """The last so many days."""
    return Last(Duration(number, "day"))


# The table of the vocabulary, and the decisions beside it

VOCABULARY = [
    ('customer.country in ("FR", "PL")', [Attribute("customer.country", "in", ("FR", "PL"))]),
    ('customer.country != "FR" if unknown yes', [Attribute("customer.country", "!=", "FR", "yes")]),
    ("customer.birth_date anniversary next 7 days", [Attribute("customer.birth_date", "anniversary_next", Duration(7, "day"))]),
    ("customer.joined_at last 30 days", [Attribute("customer.joined_at", "last", Duration(30, "day"))]),
    ("orders.count(last 90 days) >= 3", [count(value="3", window=days(90))]),
    ("orders.count(last 90 days) = 0 and orders.count() >= 1", [count(operator="=", value="0", window=days(90)), count()]),
    ("orders.sum(total, last 365 days) > 500", [Behaviour("orders", "sum", ">", "500", "total", window=days(365))]),
    (
        'orders.avg(total, where channel = "web", this year) >= 80.50',
        [Behaviour("orders", "avg", ">=", "80.50", "total", row(("channel", "=", "web")), This("year"))],
    ),
    (
        'order_lines.count(where product.category = "Lamps" and line_total > 20, last 30 days) = 0',
        [
            count(
                "order_lines",
                "=",
                "0",
                where=row(("product.category", "=", "Lamps"), ("line_total", ">", "20")),
                window=days(30),
            )
        ],
    ),
    (
        'orders.count(where any lines (product.category = "Lamps") and coupon_code is set) >= 1',
        [
            count(
                where=row(Below("lines", "any", row(("product.category", "=", "Lamps"))), ("coupon_code", "is_set")),
            )
        ],
    ),
    (
        "order_lines.count_distinct(product.category) >= 4",
        [Behaviour("order_lines", "count_distinct", ">=", "4", "product.category")],
    ),
    (
        "orders.share(where coupon_code is set) >= 0.8",
        [Behaviour("orders", "share", ">=", "0.8", where=row(("coupon_code", "is_set")))],
    ),
    ("orders.first(test total >= 100)", [Nth("orders", "first", row(("total", ">=", "100")))]),
    (
        'orders.last(where channel = "app", test placed_at not last 60 days)',
        [
            Nth(
                "orders",
                "last",
                row(("placed_at", "not_last", Duration(60, "day"))),
                row(("channel", "=", "app")),
            )
        ],
    ),
    (
        "top 10 percent by orders.sum(total, last 365 days) leave at 12 percent stay 7 days",
        [
            Rank(
                "orders",
                "top_percent",
                "10",
                "sum",
                "total",
                window=days(365),
                leave_at="12",
                min_stay=Duration(7, "day"),
            )
        ],
    ),
    ('bucket "spring" 0 to 49', [Bucket("spring", 0, 49)]),
    ('in segment "vip"', [Member("vip", "in")]),
    ('not in segment "dormant" for at least 14 days', [Member("dormant", "not_in", Duration(14, "day"))]),
    ('in segment "vip" entered last 7 days', [Member("vip", "in", entered=days(7))]),
    (
        'sequence (events where kind = "add_to_cart", events where kind = "checkout") within 2 days since "2026-01-01" '
        "then no orders",
        [
            Sequence(
                (Step("events", row(("kind", "=", "add_to_cart"))), Step("events", row(("kind", "=", "checkout")))),
                Duration(2, "day"),
                Since("2026-01-01"),
                Step("orders"),
            )
        ],
    ),
    ("pattern orders stopped period 1 month periods 3", [Pattern("orders", "stopped", Duration(1, "month"), 3)]),
    ("orders.nth(3, test total >= 100)", [Nth("orders", 3, row(("total", ">=", "100")))]),
    ("bottom 20 percent by score.clv", [Rank("score.clv", "bottom_percent", "20")]),
    ("top 100 by orders.count(last 30 days)", [Rank("orders", "top", "100", "count", window=days(30))]),
    (
        'pattern orders where channel = "web" restarted period 2 months periods 3',
        [Pattern("orders", "restarted", Duration(2, "month"), 3, row(("channel", "=", "web")))],
    ),
    (
        'spend.sum(amount, between "2026-01-01" and "2026-03-31") > 200',
        [Behaviour("spend", "sum", ">", "200", "amount", window=Between("2026-01-01", "2026-03-31"))],
    ),
    ('orders.count(since "2026-01-01") >= 1', [count(window=Since("2026-01-01"))]),
    ('orders.count(before "2026-01-01T10:00") >= 1', [count(window=Before("2026-01-01T10:00"))]),
    ("orders.count(previous month) >= 1", [count(window=Previous("month"))]),
    ("orders.count(not last 30 days) >= 1", [count(window=NotLast(Duration(30, "day")))]),
    ("carts.count(since last orders) >= 1", [count("carts", window=SinceLast("orders"))]),
    (
        'at least 2 of (customer.accepts_email is true, orders.count() >= 5, customer.country = "GB")',
        Group(
            "at_least",
            (Attribute("customer.accepts_email", "is", True), count(value="5"), Attribute("customer.country", "=", "GB")),
            n=2,
        ),
    ),
    (
        'carts.count(where state = "open" and total >= 50, last 7 days) >= 1',
        [count("carts", where=row(("state", "=", "open"), ("total", ">=", "50")), window=days(7))],
    ),
    (
        "wishlist_items.count(where product.stock <= 3 and product.stock > 0) >= 1",
        [count("wishlist_items", where=row(("product.stock", "<=", "3"), ("product.stock", ">", "0")))],
    ),
    ("orders.min(placed_at) last 30 days", [Behaviour("orders", "min", "last", Duration(30, "day"), "placed_at")]),
    ("orders.days_between(this year) <= 31.5", [Behaviour("orders", "days_between", "<=", "31.5", window=This("year"))]),
    (
        'orders.share(total, where channel = "web") >= 0.5 if unknown no',
        [Behaviour("orders", "share", ">=", "0.5", "total", row(("channel", "=", "web")), if_unknown="no")],
    ),
    (
        'in segment "vip" for at least 14 days entered last 7 days if unknown no',
        [Member("vip", "in", Duration(14, "day"), days(7), "no")],
    ),
    ('in segment "vip" entered not last 1 year', [Member("vip", "in", entered=NotLast(Duration(1, "year")))]),
    ('not (in segment "vip")', Group("and", (Member("vip", "in"),), negated=True)),
    ('not in segment "vip"', [Member("vip", "not_in")]),
    ("top 100 by orders.count() leave at 120", [Rank("orders", "top", "100", "count", leave_at="120")]),
    ("top 10.5 percent by score.clv stay 36 hours", [Rank("score.clv", "top_percent", "10.5", min_stay=Duration(36, "hour"))]),
    (
        "bottom 5 by orders.share(where coupon_code is set) if unknown yes",
        [Rank("orders", "bottom", "5", "share", where=row(("coupon_code", "is_set")), if_unknown="yes")],
    ),
    (
        'sequence (events where kind = "view" and page != "/", orders)',
        [Sequence((Step("events", row(("kind", "=", "view"), ("page", "!=", "/"))), Step("orders")))],
    ),
    (
        "sequence (carts, orders) within 30 minutes not last 1 week then no refunds where amount > 5",
        [
            Sequence(
                (Step("carts"), Step("orders")),
                Duration(30, "minute"),
                NotLast(Duration(1, "week")),
                Step("refunds", row(("amount", ">", "5"))),
            )
        ],
    ),
    ("pattern orders first time period 30 days", [Pattern("orders", "first_time", Duration(30, "day"))]),
    ("pattern orders regularly period 1 week periods 8", [Pattern("orders", "regularly", Duration(1, "week"), 8)]),
    ("orders.last(this month, test total >= 100)", [Nth("orders", "last", row(("total", ">=", "100")), window=This("month"))]),
    (
        "orders.first(test all lines (quantity = 1) or total < 5)",
        [
            Nth(
                "orders",
                "first",
                Group("or", row(Below("lines", "all", row(("quantity", "=", "1"))), ("total", "<", "5")).rules),
            )
        ],
    ),
    ('customer.tags has any ("a", "b")', [Attribute("customer.tags", "has_any", ("a", "b"))]),
    ('customer.tags has all ("a", "b")', [Attribute("customer.tags", "has_all", ("a", "b"))]),
    ('customer.tags has none ("a")', [Attribute("customer.tags", "has_none", ("a",))]),
    ("customer.tags size >= 2", [Attribute("customer.tags", "size", Comparison(">=", "2"))]),
    (
        "customer.place within 20 km of (48.85, 2.35)",
        [Attribute("customer.place", "within_km", Circle("48.85", "2.35", "20"))],
    ),
]


@pytest.mark.parametrize(("text", "root"), VOCABULARY, ids=[text for text, _ in VOCABULARY])
def test_the_vocabulary(text, root):
    rule = Rule(root if isinstance(root, Group) else Group("and", tuple(root)))

    assert parse(text) == rule
    assert format_rule(rule) == text
    assert load(dump(rule)) == rule


def test_every_kind_of_leaf_is_in_the_vocabulary():
    assert {type(leaf) for text, _ in VOCABULARY for _, leaf in tree.leaves(parse(text))} == set(LEAVES)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("orders.count(where x is set, any time) >= 1", "orders.count(where x is set) >= 1"),
        ("orders.count(any time) >= 1", "orders.count() >= 1"),
        ('not  in\nsegment "vip"', 'not in segment "vip"'),
        ("at\tleast 1 of (a = 1)", "at least 1 of (a = 1)"),
        ("pattern orders first\ntime period 1 days", "pattern orders first time period 1 day"),
    ],
)
def test_other_texts_say_the_same(text, written):
    assert parse(text) == parse(written)
    assert format_rule(parse(text)) == written


@pytest.mark.parametrize(
    "leaf",
    [
        "a = 1",
        "orders.avg(total) > 1",
        "orders.first(test a = 1)",
        "top 1 by score.clv",
        "top 1 by orders.count() leave at 2 stay 1 day",
        'in segment "vip"',
        'not in segment "vip" for at least 1 day',
        'bucket "spring" 0 to 49',
        "sequence (a, b)",
        "sequence (a, b) then no c where d = 1",
        "pattern orders stopped period 1 month periods 3",
        "pattern orders first time period 1 month",
    ],
)
@pytest.mark.parametrize("unknown", ["yes", "no"])
def test_if_unknown_follows_any_leaf(leaf, unknown):
    text = f"{leaf} if unknown {unknown}"

    assert [found.if_unknown for _, found in tree.leaves(parse(text))] == [unknown]
    assert format_rule(parse(text)) == text


def test_white_space_and_lines_mean_nothing():
    assert parse('  a=1\n\tand\r\n  b  in("x","y")and\n( c\t=\t3 )  ') == parse('a = 1 and b in ("x", "y") and (c = 3)')


# Words and names


def test_the_words_that_are_no_names_are_those_that_may_stand_where_a_name_may():
    keywords = {terminal.name: terminal.pattern.value for terminal in _parser().terminals}
    states = _parser().parser.parser._parse_table.states.values()
    beside_names = {token for actions in states if "FACT" in actions for token in actions if token != "FACT"}

    words = {found[0] for token in beside_names if token in keywords and (found := re.match("[a-z]+(?=\\()", keywords[token]))}
    assert words == WORDS
    # These two are keywords before another word only.
    for name in ("at", "in", "at.least", "in.segment"):
        assert parse(f"{name} = 1 and not {name} last 1 day")


@pytest.mark.parametrize("word", sorted(WORDS))
def test_a_word_that_is_no_name_names_nothing(word):
    for text in (f"{word} = 1", f"a.sum({word}) = 1", f"a.count(where {word} = 1) = 1", f"sequence ({word}, a)"):
        with pytest.raises(RuleError):
            parse(text)
    assert parse(f"{word}.x = 1 and x.{word} = 1 and a.sum({word}_, where {word}s = 1) = 1")


def _keywords():
    return sorted({word for terminal in _parser().terminals for word in re.findall("[a-z]+", terminal.pattern.value)})


NAMES = [word for word in _keywords() if len(word) > 1 and word not in WORDS]


@pytest.mark.parametrize(
    "name",
    [*NAMES, "andy", "order", "nothing", "anything", "allowed", "lastly", "whereabouts", "topmost", "_x", "notin", "last.x"],
)
def test_names_may_be_or_begin_with_words_of_the_language(name):
    assert NAME.fullmatch(name)
    leaf = Attribute(name, "=", "1")

    assert parse(f"{name} = 1").root == Group("and", (leaf,))
    assert parse(f"a = 1 and {name} = 1 or not {name} = 1").root == Group(
        "or", (Group("and", (A, leaf)), Group("and", (leaf,), negated=True))
    )
    assert parse(f"{name}.sum({name}, where {name} = 1 and any {name} ({name} = 1), since last x.{name}) = 1").root.rules == (
        Behaviour(
            name,
            "sum",
            "=",
            "1",
            name,
            row((name, "=", "1"), Below(name, "any", row((name, "=", "1")))),
            SinceLast(f"x.{name}"),
        ),
    )
    assert parse(f"top 1 by {name} and sequence ({name}, {name}) then no {name} and pattern {name} first time period 1 day")


@pytest.mark.parametrize(
    "text",
    [
        "a = 1andb = 2",
        "a = 1 andb = 2",
        "a last 3 daysand b = 1",
        "a last 3days",
        "a is trueor b = 1",
        "a = 1 if unknownyes",
        'notin segment "vip"',
        'in segments "vip"',
        "atleast 1 of (a = 1)",
        "orders.count(wherea = 1) = 1",
        "a = 1.5.5",
        "top10 by a",
        "A = 1",
        "a = 1 AND b = 2",
    ],
)
def test_words_end_where_words_end(text):
    with pytest.raises(RuleError):
        parse(text)


# Both ways


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
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


WORDS_AND_SIGNS = """
and or not ( ) , = >= "a" "FR" 1 2.5 -3 a orders orders.count( orders.first( where test any all none of at least in segment top
10 percent by leave at stay 7 days bucket to sequence then no pattern stopped first time period month periods last since between
before this previous if unknown yes is set has size within km " \\ \0 \u202e é . ; $
"""


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS_AND_SIGNS.split(" ")), max_size=30).map(" ".join) | st.text(max_size=60))
def test_no_text_breaks_the_parser(text):
    with suppress(RuleError):
        rule = parse(text)
        assert parse(format_rule(rule)) == rule


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(RULES, st.data())
def test_no_text_that_was_a_rule_breaks_the_parser(rule, data):
    text = format_rule(rule)
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    with suppress(RuleError):
        parse(text[:start] + data.draw(st.text(max_size=3)) + text[end:])


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
        ("at least 1 of (" * 2_000, "parentheses are nested deeper than 64"),
        ("orders.count(where any lines (" * 1_000, "parentheses are nested deeper than 64"),
        ("sequence (a where b in (" * 1_000, "parentheses are nested deeper than 64"),
        ('a = "\\"" and ' + "(" * 65, "parentheses are nested deeper than 64"),
    ],
    ids=[
        "100 kB",
        "two-byte letters",
        "surrogates",
        "open",
        "closed",
        "not",
        "any of",
        "at least",
        "rows below",
        "sequences",
        "after an escaped quote",
    ],
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
        'in segment "vip\\u202e"',
        'in segment "vip\0"',
        'bucket "\u2066" 0 to 49',
        "not\0in segment",
        "at least " + "9" * 30_000 + " of (a = 1)",
        "orders.nth(" + "9" * 30_000 + ", test a = 1)",
        'bucket "x" 0 to ' + "9" * 30_000,
        "top " + "9" * 30_000 + " by a",
        "pattern a stopped period 1 day periods " + "9" * 30_000,
        "a within " + "9" * 30_000 + " km of (1, 1)",
        "a size = " + "9" * 30_000,
        "in segment " * 2_900,
        "not in segment\n" * 2_000,
        "at least 1 of " * 2_000,
        "sequence (" + "a, " * 10_000 + "a)",
        "a.b.c" * 6_000,
        "orders.count(" + "last 1 day, " * 2_500 + "last 1 day) = 1",
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


@pytest.mark.parametrize("word", ["a" * 9_000, "a." * 4_500 + "a", "1" * 9_000 + "x"])
@pytest.mark.parametrize("text", ["{0} {0}", "a = 1 {0}", "{0}()", "a.{0}() = 1", "sequence ({0} {0}", "a = {0}"])
def test_nothing_is_repeated_at_length(word, text):
    with pytest.raises(RuleError) as caught:
        parse(text.format(word))
    assert len(str(caught.value)) < 500
