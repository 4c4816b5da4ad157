from __future__ import annotations

import json
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management.base import OutputWrapper

from segmentation.management.segments.console import Console, as_json
from tests.management.conftest import Terminal


def console(out, json=False):
    return Console(OutputWrapper(out), OutputWrapper(StringIO()), json)


def streamed(items, json):
    out = StringIO()
    console(out, json).stream(iter(items), lambda item: item["name"])
    return out.getvalue()


@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_stream_is_a_json_array(count):
    items = [{"name": f"n{number}"} for number in range(count)]

    assert json.loads(streamed(items, json=True)) == items


def test_a_stream_is_a_line_each():
    assert streamed([{"name": "Alice"}, {"name": "Bob"}], json=False) == "Alice\nBob\n"
    assert streamed([], json=False) == ""


def test_a_stream_is_written_while_it_is_read():
    out, seen = StringIO(), []

    def items():
        for name in ("Alice", "Bob"):
            seen.append(out.getvalue())
            yield {"name": name}

    console(out).stream(items(), lambda item: item["name"])

    assert seen == ["", "Alice\n"]


@pytest.mark.parametrize(("zone", "expected"), [("Europe/London", "12:00:00+00:00"), ("Asia/Kolkata", "17:30:00+05:30")])
def test_times_have_the_offset_of_the_shop(zone, expected, settings):
    settings.SEGMENTATION = {**settings.SEGMENTATION, "TIME_ZONE": zone}

    assert as_json(datetime(2026, 3, 1, 12, tzinfo=UTC)) == f'"2026-03-01T{expected}"'


def test_what_has_no_place_in_json_is_refused():
    with pytest.raises(TypeError, match="set has no place in JSON"):
        as_json({1})


def test_a_counter_on_a_terminal():
    out = Terminal()
    count = console(out).counter("profiles")
    count(1000, 1200)
    count(1200, 1200)

    assert out.getvalue() == "\rprofiles 1,000 / 1,200\rprofiles 1,200 / 1,200\n"


def test_no_counter_where_nobody_watches():
    assert console(StringIO()).counter("profiles") is None
    assert console(Terminal(), json=True).counter("profiles") is None
