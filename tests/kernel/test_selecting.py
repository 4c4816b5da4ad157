from __future__ import annotations

import pytest

from segmentation.kernel.plan import AfterLast, IsSet, RowBelow, RowGroup, RowTest, Selection
from segmentation.kernel.selecting import Selector
from segmentation.rules.tree import Before, Duration, Last, NotLast, Previous, This
from tests.kernel.hand import LONDON, at, at_least, columns, numbers, rows, texts, word

NOW = at("2026-03-15T12:00:00")
ALICE, BOB, CAROL = 0, 1, 2
LAMP, DEAR = RowTest("product.category", word("=", "Lamps")), RowTest("line_total", at_least(20))

SHOP = columns(
    3,
    orders=rows(
        [ALICE, BOB, ALICE, ALICE, CAROL, BOB],
        [None, "2026-01-01", "2026-02-01", "2026-03-01", "2026-03-02", "2026-03-15T12:00:01"],
        parents={"lines": [2, 2, 3, -1, 1]},
        total=numbers(1, 2, None, 4, 5, 6),
        channel=texts("web", "web", "app", None, "app", "web"),
    ),
    order_lines=rows(
        [ALICE, ALICE, ALICE, BOB, BOB],
        None,
        **{"product.category": texts("Lamps", None, "Lamps", "Lamps", "Mugs"), "line_total": numbers(25, 30, 5, 99, 20)},
    ),
    views=rows([ALICE, BOB, BOB], [None, "2026-01-01", "2026-02-20"]),
    marks=rows([BOB, ALICE]),
)


def chosen(relation="orders", row_filter=None, window=None):
    """Rows that count."""
    return Selector(SHOP, LONDON, NOW).selected(Selection(relation, row_filter, window)).rows.tolist()


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        (None, [0, 1, 2, 3, 4]),
        (Last(Duration(14, "day")), [3, 4]),
        (NotLast(Duration(14, "day")), [1, 2]),
        (Before("2026-03-01"), [1, 2]),
        (This("month"), [3, 4]),
        (This("year"), [1, 2, 3, 4]),
        (Previous("month"), [2]),
    ],
)
def test_windows(window, expected):
    assert chosen(window=window) == expected


def test_after_the_last_row_of_another_relation():
    window = AfterLast(Selection("views"))

    # Alice's view has no time, Carol has none: any time. Bob's last view is of 20 February.
    assert chosen(window=window) == [2, 3, 4]
    assert chosen("views", window=AfterLast(Selection("orders"))) == [2]
    assert chosen("views", window=AfterLast(Selection("orders", RowTest("channel", word("=", "app"))))) == [1, 2]


def test_after_is_strictly_after():
    assert chosen("views", window=AfterLast(Selection("orders", RowTest("total", IsSet(True))))) == [2]


@pytest.mark.parametrize(
    ("quantifier", "inner", "expected"),
    [
        ("any", LAMP, [2, 3]),
        ("all", LAMP, [0, 3, 4]),
        ("none", LAMP, [0, 1, 4]),
        ("any", RowGroup("and", (LAMP, DEAR)), [2]),
        ("all", DEAR, [0, 1, 2, 4]),
    ],
)
def test_rows_below(quantifier, inner, expected):
    below = RowBelow("lines", "order_lines", quantifier, inner)

    assert chosen(row_filter=below) == expected
    assert chosen(row_filter=RowGroup("and", (below,), negated=True)) == [row for row in range(5) if row not in expected]


@pytest.mark.parametrize(("n", "expected"), [(1, [0, 1, 2, 3, 4]), (2, [0, 1, 3, 4]), (3, [4])])
def test_at_least_so_many_conditions_on_a_row(n, expected):
    parts = (RowTest("total", IsSet(True)), RowTest("total", at_least(1)), RowTest("channel", word("=", "app")))

    assert chosen(row_filter=RowGroup("at_least", parts, n=n)) == expected


def test_at_least_is_unknown_where_hope_remains():
    """Row 3 has no channel: not (at least 2) is unknown there, so the row does not count."""
    parts = (RowTest("total", at_least(4)), RowTest("channel", word("=", "app")))

    assert chosen(row_filter=RowGroup("at_least", parts, negated=True, n=2)) == [0, 1]


def test_an_empty_group_is_refused():
    with pytest.raises(ValueError, match="empty group"):
        chosen(row_filter=RowGroup("at_least", (), n=1))


def test_a_relation_without_times_has_no_window():
    assert chosen("marks") == [0, 1]
    with pytest.raises(ValueError, match="marks has no time"):
        chosen("marks", window=Last(Duration(1, "day")))


def test_dated_rows_leave_out_those_without_a_time():
    dated, times = Selector(SHOP, LONDON, NOW).dated(Selection("orders"))

    assert dated.rows.tolist() == [1, 2, 3, 4]
    assert len(times) == 4
