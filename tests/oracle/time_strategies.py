"""A Hypothesis strategy for time alone: one leaf, and people whose one time or date lies at the edges of its value.

The large cases seldom meet an edge of a window on a night when the clocks change; these nearly always do.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from .instants import (
    ABOUT,
    DURATIONS,
    JITTER,
    LATER,
    NEIGHBOUR,
    ZONES,
    moment_near,
    nasty_moment,
    offset_changes,
    watched_days,
    worn,
)
from .moments import Clock, Duration, elapsed_later, months_later, period_start, previous_period_start, wall_clock
from .rule_values import VALUES, Pool, day_or_instant_range, duration, iso_day
from .schema import SCHEMA, columns_of
from .shop import OracleShop

Json = Any

WITHOUT_OR_WITH_TWO_MIDNIGHTS = ("Africa/Cairo", "America/Havana", "America/Havana", "America/Santiago")
HOW_MANY_PEOPLE = st.sampled_from((1, 3, 6, 6))
ZONE = st.sampled_from((*ZONES, *WITHOUT_OR_WITH_TWO_MIDNIGHTS))
MINUTES = st.sampled_from((0, 1, 30, 59))
YEARS_BACK = st.sampled_from((0, 0, 0, 1, 20, 24))
LEAP_DAY = date(2000, 2, 29)
SOMETIMES = st.sampled_from((False, False, False, False, True))
LENGTHS = ("last", "not_last", "next", "anniversary_next")
OTHERS = ("this", "previous", "on", "before", "after", "between", "month_is", "weekday_is")
NOTHING_KNOWN_OF_PEOPLE = dict.fromkeys(columns_of("customer", SCHEMA))
NOTHING_KNOWN_OF_ORDERS = {"currency": None, **dict.fromkeys(columns_of("orders", SCHEMA))}
# Twice, since lengths have the most edges.
OPERATOR = st.sampled_from((*LENGTHS, *LENGTHS, *OTHERS))
WINDOW = st.sampled_from(("last", "last", "since", "between"))


def pool_around(draw: st.DrawFn, clock: Clock, zone: str) -> Pool:
    """Days and moments for a rule's values: today and some worth a test."""
    days = (clock.today, *(draw(st.sampled_from(watched_days(zone))) for _ in range(2)))
    times = tuple(nasty_moment(draw, zone) for _ in range(2))
    lengths = durations_to_a_change(clock, zone)
    return Pool(zone, texts=(), numbers=(), aggregates=(), times=times, dates=days, durations=lengths)


def durations_to_a_change(clock: Clock, zone: str) -> list[Duration]:
    """Those that lead back or ahead to a day on which the clocks change."""
    changes = {clock.day_of(change) for change in offset_changes(zone)}
    lengths = [Duration(n, unit) for n, unit in DURATIONS]
    return [length for length in lengths if changes & {length.first_day_back(clock), length.last_day_ahead(clock)}]


def days_at_the_edges(value: Json, clock: Clock) -> list[date]:
    """The first and last days that a value of a date operator or a window means."""
    if isinstance(value, dict):
        length = Duration.of(value)
        return [length.first_day_back(clock), length.last_day_ahead(clock)]
    if isinstance(value, list):
        return [day for each in value for day in days_at_the_edges(each, clock)]
    if value in ("day", "week", "month", "quarter", "year"):
        return [period_start(clock.today, value), previous_period_start(clock.today, value)]
    if "-" in value:
        read = clock.read(value)
        return [clock.day_of(read) if isinstance(read, datetime) else read]
    return [clock.today.replace(day=1)]


def moments_at_the_edges(value: Json, clock: Clock) -> list[datetime]:
    """The midnights of those days and of the days after, and the moments that the value names."""
    days = days_at_the_edges(value, clock)
    edges = [edge for day in days for edge in (clock.midnight(day), clock.midnight_after(day))]
    if isinstance(value, dict) and Duration.of(value).elapses:
        edges += [elapsed_later(clock.now, sign * value["n"], value["unit"]) for sign in (-1, -1, 1, 1)]
    for each in value if isinstance(value, list) else [value]:
        named = clock.read(each) if isinstance(each, str) and ":" in each else None
        if isinstance(named, datetime):
            edges += [named, named]
    return [*edges, clock.now]


def drawn_test(draw: st.DrawFn, pool: Pool, kind: str) -> dict[str, Json]:
    operator = draw(OPERATOR)
    return {"operator": operator, "value": VALUES[kind][operator](draw, pool)}


def attribute(draw: st.DrawFn, pool: Pool, column: str, kind: str) -> tuple[Json, Json]:
    test = drawn_test(draw, pool, kind)
    return {"kind": "attribute", "field": f"customer.{column}", **test}, test["value"]


def birthday(draw: st.DrawFn, pool: Pool) -> tuple[Json, Json]:
    length = duration(draw, pool)
    return {"kind": "attribute", "field": "customer.birth_date", "operator": "anniversary_next", "value": length}, length


def wall_clock_time(draw: st.DrawFn, pool: Pool) -> tuple[Json, Json]:
    """A time without an offset, in the hour after the clocks were or will be changed: shown never, once or twice."""
    change = draw(st.sampled_from(offset_changes(pool.zone) or tuple(pool.times)))
    zone, second = ZoneInfo(pool.zone), timedelta(seconds=1)
    hour = draw(st.sampled_from((wall_clock(change, zone), wall_clock(change - second, zone) + second)))
    value = (hour + timedelta(minutes=draw(MINUTES))).replace(microsecond=0).isoformat()
    operator = draw(st.sampled_from(("on", "before", "after")))
    return {"kind": "attribute", "field": "customer.joined_at", "operator": operator, "value": value}, value


def extreme(draw: st.DrawFn, pool: Pool, measure: str) -> tuple[Json, Json]:
    test = drawn_test(draw, pool, "time")
    return {"kind": "behaviour", "field": "orders", "measure": measure, "of": "placed_at", **test}, test["value"]


def count(more: dict[str, Json]) -> Json:
    return {"kind": "behaviour", "field": "orders", "measure": "count", **more, "operator": ">=", "value": "1"}


def count_where(draw: st.DrawFn, pool: Pool, column: str, kind: str) -> tuple[Json, Json]:
    test = drawn_test(draw, pool, kind)
    return count({"where": {"combinator": "and", "rules": [{"field": column, **test}]}}), test["value"]


def count_in_window(draw: st.DrawFn, pool: Pool) -> tuple[Json, Json]:
    name = draw(WINDOW)
    if name == "last":
        length = duration(draw, pool)
        return count({"window": {"last": length["n"], "unit": length["unit"]}}), length
    value = iso_day(draw, pool) if name == "since" else day_or_instant_range(draw, pool)
    return count({"window": {name: value}}), value


# Each draws a leaf, and gives the value whose edges matter beside it.
LEAVES: tuple[Callable[[st.DrawFn, Pool], tuple[Json, Json]], ...] = (
    lambda draw, pool: attribute(draw, pool, "joined_at", "time"),
    lambda draw, pool: attribute(draw, pool, "birth_date", "date"),
    lambda draw, pool: count_where(draw, pool, "placed_at", "time"),
    lambda draw, pool: count_where(draw, pool, "due_on", "date"),
    lambda draw, pool: extreme(draw, pool, "min"),
    lambda draw, pool: extreme(draw, pool, "max"),
    count_in_window,
    count_in_window,
    birthday,
    wall_clock_time,
)
LEAF = st.sampled_from(LEAVES)


def drawn_time(draw: st.DrawFn, edges: list[datetime], zone: str) -> datetime:
    moment = draw(st.sampled_from(edges)) + draw(JITTER)
    if draw(SOMETIMES):
        moment += draw(ABOUT)
    return worn(draw, moment, zone)


def drawn_day(draw: st.DrawFn, edges: list[date]) -> date:
    if draw(SOMETIMES):
        return LEAP_DAY
    day = draw(st.sampled_from(edges)) + timedelta(days=draw(NEIGHBOUR))
    return months_later(day, -12 * draw(YEARS_BACK))


@st.composite
def time_cases(draw: st.DrawFn) -> tuple[dict[str, Json], OracleShop, datetime]:
    """(definition, shop, now): a root of one leaf over time; up to six people with one order each, all at its edges."""
    zone = draw(ZONE)
    now = nasty_moment(draw, zone)
    if draw(st.booleans()):
        now = moment_near(draw, now, zone, LATER)
    clock = Clock.at(now, zone)
    leaf, value = draw(LEAF)(draw, pool_around(draw, clock, zone))
    days, moments = [clock.today, *days_at_the_edges(value, clock)], moments_at_the_edges(value, clock)
    people, orders = [], []
    for number in range(1, draw(HOW_MANY_PEOPLE) + 1):
        key, day, moment = f"user:{number}", drawn_day(draw, days), drawn_time(draw, moments, zone)
        people.append({**NOTHING_KNOWN_OF_PEOPLE, "key": key, "birth_date": day, "joined_at": moment})
        orders.append({**NOTHING_KNOWN_OF_ORDERS, "order_id": f"A{number}", "person": key, "placed_at": moment, "due_on": day})
    shop = OracleShop(zone, "GBP", tuple(people), {"orders": tuple(orders), "order_lines": (), "refunds": ()})
    root = {"version": 1, "semantics": 1, "base_currency": "GBP", "combinator": "and", "rules": [leaf]}
    return root, shop, worn(draw, now, zone)
