from __future__ import annotations

import json
from typing import Any

import pytest
from django.core import checks
from django.core.management import call_command

from segmentation.sources import active_source
from segmentation.sources.inspect import inspect

pytestmark = pytest.mark.usefixtures("clients")


def rows(relation: str, *names: str) -> dict[Any, tuple[Any, ...]]:
    """Value of the first column -> those of the others, of every row."""
    found = (row for chunk in active_source().relations[relation].read(names) for row in chunk)
    return {first: tuple(others) for first, *others in found}


def test_the_checks_find_nothing() -> None:
    assert checks.run_checks(tags=["regulars"]) == []


def test_every_relation_is_read_by_one_query() -> None:
    reports = inspect(active_source())
    assert {report.name: (report.queries, len(report.rows), report.error, report.problems) for report in reports} == {
        name: (1, min(rows, 3), "", ())
        for name, rows in {
            "customers": 4,
            "orders": 10,
            "order_lines": 12,
            "products": 4,
            "carts": 3,
            "cart_lines": 4,
            "wishlist_items": 4,
            "events": 6,
        }.items()
    }


def test_the_command_shows_it(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("segments", "inspect", "--json")

    shown = json.loads(capsys.readouterr().out)
    assert shown["problems"] == []
    assert [relation["queries"] for relation in shown["relations"]] == [1] * 8


def test_totals_are_made_of_items_and_percents_and_nothing_is_rounded() -> None:
    totals = rows("orders", "order_id", "total", "discount")

    assert totals == {
        "A1": (359820, 39980),
        "A2": (304700, 0),
        "A3": (180000, 0),
        "B1": (1798000, 0),
        "D1": (70000, 0),
        "D2": (722500, 127500),
        "E1": (100000, 0),
        "E2": (99900, 0),
        "N1": (449500, 0),
        "F1": (None, None),
    }
    columns = active_source().relations["orders"].columns
    assert {(columns[name].scale, columns[name].minor_units) for name in ("total", "discount")} == {(4, True)}


def test_inspect_shows_whole_units() -> None:
    (orders,) = [report for report in inspect(active_source(), limit=20) if report.name == "orders"]
    assert {row["order_id"]: row["total"] for row in orders.rows}["A1"] == "35.9820"


def test_a_basket_is_a_cart_until_it_is_paid() -> None:
    assert rows("carts", "cart_id", "total", "state") == {
        "A5": (140000, "basket"),
        "C2": (360715, "basket"),
        "N2": (199900, "basket"),
    }
    assert "A5" not in rows("orders", "order_id", "total")
