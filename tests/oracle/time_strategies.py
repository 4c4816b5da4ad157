"""A Hypothesis strategy for time alone: one leaf, and people whose few times and dates lie at the edges of its value.

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
    picked,
    watched_days,
    worn,
)
from .moments import LENGTHS_OF_UNIT, Clock, Duration, elapsed_later, months_later, wall_clock
from .row_test_strategies import WINDOWS
from .rule_values import VALUES, Pool, duration
from .schema import SCHEMA, columns_of
from .shop import OracleShop, Row
from .story_strategies import LENGTH_OF_PERIOD, LENGTH_OF_SEQUENCE, PATTERN, PERIODS

Json = Any
Drawn = tuple[Json, Json]
"""A leaf, and the value whose edges matter beside it."""

WITHOUT_OR_WITH_TWO_MIDNIGHTS = ("Africa/Cairo", "America/Havana", "America/Havana", "America/Santiago")
HOW_MANY_PEOPLE = st.sampled_from((1, 3, 6, 6))
HOW_MANY_ORDERS = st.sampled_from((1, 2, 1, 3, 4))
HOW_MANY_EVENTS = st.sampled_from((0, 1, 1, 2))
ZONE = st.sampled_from((*ZONES, *WITHOUT_OR_WITH_TWO_MIDNIGHTS))
FIRST_WEEKDAY = st.sampled_from((1, 1, 7, 6))
MINUTES = st.sampled_from((0, 1, 30, 59))
YEARS_BACK = st.sampled_from((0, 0, 0, 1, 20, 24))
LEAP_DAY = date(2000, 2, 29)
SOMETIMES = st.sampled_from((False, False, False, False, True))
LENGTHS = ("last", "not_last", "next", "anniversary_next")
OTHERS = ("this", "previous", "on", "before", "after", "between", "month_is", "weekday_is")
# Twice, since lengths have the most edges.
OPERATOR = st.sampled_from((*LENGTHS, *LENGTHS, *OTHERS))
WINDOW = st.sampled_from(("last", *WINDOWS))
WHICH = st.sampled_from(("first", "last", 2))
RANK_OPERATOR = st.sampled_from(("top", "bottom"))
NTH_PLACE = st.sampled_from(("1", "2", "3"))
DAYS_BETWEEN = st.sampled_from(("0", "0.5", "1", "2", "7"))


def pool_around(draw: st.DrawFn, clock: Clock, zone: str) -> Pool:
    """Days and moments for a rule's values: today and some worth a test."""
    days = (clock.today, *(picked(draw, watched_days(zone)) for _ in range(2)))
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
        return [clock.period_start(value), clock.previous_period_start(value)]
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


def attribute(draw: st.DrawFn, pool: Pool, column: str, kind: str) -> Drawn:
    test = drawn_test(draw, pool, kind)
    return {"kind": "attribute", "field": f"customer.{column}", **test}, test["value"]


def birthday(draw: st.DrawFn, pool: Pool) -> Drawn:
    length = duration(draw, pool)
    return {"kind": "attribute", "field": "customer.birth_date", "operator": "anniversary_next", "value": length}, length


def wall_clock_time(draw: st.DrawFn, pool: Pool) -> Drawn:
    """A time without an offset, in the hour after the clocks were or will be changed: shown never, once or twice."""
    change = picked(draw, offset_changes(pool.zone) or tuple(pool.times))
    zone, second = ZoneInfo(pool.zone), timedelta(seconds=1)
    hour = picked(draw, (wall_clock(change, zone), wall_clock(change - second, zone) + second))
    value = (hour + timedelta(minutes=draw(MINUTES))).replace(microsecond=0).isoformat()
    operator = picked(draw, ("on", "before", "after"))
    return {"kind": "attribute", "field": "customer.joined_at", "operator": operator, "value": value}, value


def extreme(draw: st.DrawFn, pool: Pool, measure: str) -> Drawn:
    test = drawn_test(draw, pool, "time")
    return {"kind": "behaviour", "field": "orders", "measure": measure, "of": "placed_at", **test}, test["value"]


def count(more: dict[str, Json]) -> Json:
    return {"kind": "behaviour", "field": "orders", "measure": "count", **more, "operator": ">=", "value": "1"}


def count_where(draw: st.DrawFn, pool: Pool, column: str, kind: str) -> Drawn:
    test = drawn_test(draw, pool, kind)
    return count({"where": {"combinator": "and", "rules": [{"field": column, **test}]}}), test["value"]


def drawn_window(draw: st.DrawFn, pool: Pool) -> Drawn:
    """A window and what lies at its edges."""
    name = draw(WINDOW)
    window = WINDOWS[name](draw, pool)
    return window, {"n": window[name], "unit": window["unit"]} if "unit" in window else window[name]


def count_in_window(draw: st.DrawFn, pool: Pool) -> Drawn:
    window, value = drawn_window(draw, pool)
    return count({"window": window}), value


def count_since_last(draw: st.DrawFn, pool: Pool) -> Drawn:
    length = duration(draw, pool)
    return count({"window": {"since_last": "events"}}), length


def days_between(draw: st.DrawFn, pool: Pool) -> Drawn:
    length = duration(draw, pool)
    measure = {"kind": "behaviour", "field": "orders", "measure": "days_between"}
    return {**measure, "operator": picked(draw, ("<=", "=", ">")), "value": draw(DAYS_BETWEEN)}, length


def nth(draw: st.DrawFn, pool: Pool) -> Drawn:
    test = drawn_test(draw, pool, "time")
    tested = {"combinator": "and", "rules": [{"field": "placed_at", **test}]}
    return {"kind": "nth", "field": "orders", "which": draw(WHICH), "test": tested}, test["value"]


def rank(draw: st.DrawFn, pool: Pool) -> Drawn:
    """By a count in a window, whose cut-off is made at midnight."""
    window, value = drawn_window(draw, pool)
    ranked = {"kind": "rank", "field": "orders", "measure": "count", "window": window}
    return {**ranked, "operator": draw(RANK_OPERATOR), "value": draw(NTH_PLACE)}, value


def pattern(draw: st.DrawFn, pool: Pool) -> Drawn:
    (n, unit), name, periods = draw(LENGTH_OF_PERIOD), draw(PATTERN), draw(PERIODS)
    leaf: Json = {"kind": "pattern", "field": "orders", "pattern": name, "period": {"n": n, "unit": unit}}
    if name != "first_time":
        leaf["periods"] = periods
    return leaf, [{"n": n * k, "unit": unit} for k in range(1, periods + 3)]


def sequence(draw: st.DrawFn, pool: Pool) -> Drawn:
    """An order and an event, or two orders, as far apart as the sequence may last."""
    n, unit = draw(LENGTH_OF_SEQUENCE)
    steps = picked(draw, (["orders", "events"], ["events", "orders"], ["orders", "orders"]))
    leaf: Json = {"kind": "sequence", "steps": [{"field": step} for step in steps], "within": {"n": n, "unit": unit}}
    if draw(SOMETIMES):
        leaf["not_then"] = {"field": picked(draw, ("orders", "events"))}
    return leaf, {"n": int(n * LENGTHS_OF_UNIT[unit] / LENGTHS_OF_UNIT["minute"]), "unit": "minute"}


LEAVES: tuple[Callable[[st.DrawFn, Pool], Drawn], ...] = (
    lambda draw, pool: attribute(draw, pool, "joined_at", "time"),
    lambda draw, pool: attribute(draw, pool, "birth_date", "date"),
    lambda draw, pool: count_where(draw, pool, "placed_at", "time"),
    lambda draw, pool: count_where(draw, pool, "due_on", "date"),
    lambda draw, pool: extreme(draw, pool, "min"),
    lambda draw, pool: extreme(draw, pool, "max"),
    count_in_window,
    count_in_window,
    count_since_last,
    days_between,
    nth,
    rank,
    pattern,
    pattern,
    sequence,
    birthday,
    wall_clock_time,
)
LEAF = st.sampled_from(LEAVES)
NOTHING_KNOWN = {relation: dict.fromkeys(columns_of(relation, SCHEMA)) for relation in ("customer", "orders", "events")}


def drawn_time(draw: st.DrawFn, edges: list[datetime], zone: str) -> datetime:
    moment = picked(draw, edges) + draw(JITTER)
    if draw(SOMETIMES):
        moment += draw(ABOUT)
    return worn(draw, moment, zone)


def drawn_day(draw: st.DrawFn, edges: list[date]) -> date:
    if draw(SOMETIMES):
        return LEAP_DAY
    day = picked(draw, edges) + timedelta(days=draw(NEIGHBOUR))
    return months_later(day, -12 * draw(YEARS_BACK))


def drawn_world(draw: st.DrawFn, value: Json, clock: Clock, zone: str) -> OracleShop:
    """Up to six people with a few orders and events each, all at the edges of the value."""
    days, moments = [clock.today, *days_at_the_edges(value, clock)], moments_at_the_edges(value, clock)
    people: list[Row] = []
    orders: list[Row] = []
    events: list[Row] = []
    for number in range(1, draw(HOW_MANY_PEOPLE) + 1):
        key, day, moment = f"user:{number}", drawn_day(draw, days), drawn_time(draw, moments, zone)
        people.append({**NOTHING_KNOWN["customer"], "key": key, "birth_date": day, "joined_at": moment})
        for _ in range(draw(HOW_MANY_ORDERS)):
            placed = {"order_id": f"A{len(orders) + 1}", "person": key, "placed_at": moment, "due_on": day}
            orders.append({"currency": None, **NOTHING_KNOWN["orders"], **placed})
            day, moment = drawn_day(draw, days), drawn_time(draw, moments, zone)
        for _ in range(draw(HOW_MANY_EVENTS)):
            happened = {"pk": len(events) + 1, "person": key, "at": drawn_time(draw, moments, zone)}
            events.append({"product_id": None, **NOTHING_KNOWN["events"], **happened})
    relations = {"orders": tuple(orders), "order_lines": (), "refunds": (), "events": tuple(events)}
    return OracleShop(zone, "GBP", tuple(people), relations, first_weekday=clock.first_weekday)


@st.composite
def time_cases(draw: st.DrawFn) -> tuple[dict[str, Json], OracleShop, datetime]:
    """(definition, shop, now): a root of one leaf over time, and a shop at its edges."""
    zone = draw(ZONE)
    now = nasty_moment(draw, zone)
    if draw(st.booleans()):
        now = moment_near(draw, now, zone, LATER)
    clock = Clock.at(now, zone, draw(FIRST_WEEKDAY))
    leaf, value = draw(LEAF)(draw, pool_around(draw, clock, zone))
    shop = drawn_world(draw, value, clock, zone)
    root = {"version": 1, "semantics": 1, "base_currency": "GBP", "combinator": "and", "rules": [leaf]}
    return root, shop, worn(draw, now, zone)
