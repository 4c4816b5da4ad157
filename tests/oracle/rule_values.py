"""Values of rules, drawn for Hypothesis: one table of kind -> operator -> how its value is drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from .instants import DURATION, DURATIONS, NEIGHBOUR, nasty_moment, picked, watched_days
from .moments import Clock, Duration, day_of, elapsed_later, entered, wall_clock
from .schema import SCORE
from .shop import OracleShop
from .shop_strategies import people_and_rows, times_in
from .text import fold
from .value_strategies import AMOUNTS, COUNTS, PLACES, RATINGS, TEXTS

Json = Any
WORDS = st.sampled_from(("day", "week", "month", "quarter", "year"))
# Few rows mean small counts; sometimes a limit that no count can meet.
COUNT_LIMITS = st.sampled_from(("0", "1", "2", "3", "4", "0", "1", "2", "-1", "1.5", "12"))
SHARES = st.sampled_from(("0", "1", "0.5", "0.25", "0.33", "0.333333333", "0.34", "0.8", "0.75", "1.01", "-0.1"))
DAYS_BETWEEN = st.sampled_from(("0", "1", "7", "30", "3.5", "15.5", "0.5", "10", "90", "2"))
# Places of rules lie on the globe, and no place of a shop lies near the edge of a circle around one of them.
CENTRES = st.sampled_from(tuple((str(lat), str(lon)) for lat, lon in PLACES[:-3]))
KILOMETRES = st.sampled_from(("1", "20", "30.5", "100", "400", "2000", "9000", "10500", "20100"))
SMALL_STEP = st.sampled_from([Decimal(text) for text in ("0", "0", "0", "0.01", "-0.01", "1", "-1", "0.001", "0.005")])
TWO_IN_THREE = st.sampled_from((True, True, False))
ONE_TO_THREE = st.integers(1, 3)
HALF_HOURS = st.sampled_from((0, 0, 30, 60))


@dataclass(frozen=True)
class Pool:
    """What the values of a rule are drawn from; `own` has the shop's values by field, "orders.total"."""

    zone: str
    texts: Sequence[str]
    numbers: Sequence[Decimal]
    aggregates: Sequence[Decimal]
    times: Sequence[datetime]
    dates: Sequence[date]
    durations: Sequence[Duration]
    own: Mapping[str, Sequence[Any]] = field(default_factory=dict)

    def near(self, asked: str) -> Pool:
        """The same, with the texts and numbers of that field alone, where the shop has some."""
        values = self.own.get(asked, ())
        texts = [each for value in values for each in (value if isinstance(value, list) else [value]) if is_said(each)]
        numbers = [Decimal(value) for value in values if is_number(value)]
        return replace(self, texts=texts or self.texts, numbers=numbers or self.numbers)


Draw = Callable[[st.DrawFn, Pool], Json]


def is_said(value: Any) -> bool:
    return isinstance(value, str) and bool(fold(value))


def is_number(value: Any) -> bool:
    return isinstance(value, Decimal | int) and not isinstance(value, bool)


def columns_by_person(shop: OracleShop) -> list[list[Decimal]]:
    """The numbers of the shop, those of one person and column together."""
    together: dict[tuple[Any, str], list[Decimal]] = {}
    for row in people_and_rows(shop):
        for column, value in row.items():
            if is_number(value) and column not in ("pk", "order_id", "cart_id"):
                together.setdefault((row.get("person"), column), []).append(Decimal(value))
    return list(together.values())


def values_by_field(shop: OracleShop) -> dict[str, list[Any]]:
    """ "orders.total" -> the values that stand there."""
    found: dict[str, list[Any]] = {}
    for relation, rows in {"customer": shop.people, **shop.relations}.items():
        for row in rows:
            for column, value in row.items():
                found.setdefault(f"{relation}.{column}", []).append(value)
    for name, scores in shop.scores.items():
        found[f"{SCORE}.{name}"] = list(scores.values())
    return found


def sums_and_averages(columns: Sequence[Sequence[Decimal]]) -> list[Decimal]:
    """The sum of each column, and its average to the cent, which it may just miss."""
    sums = [sum(values, Decimal(0)) for values in columns]
    return sums + [round(total / len(values), 2) for total, values in zip(sums, columns, strict=True)]


def telling(length: Duration, times: Sequence[datetime], dates: Sequence[date], clock: Clock) -> bool:
    """Whether the last or next so many units begin or end within a day of one of `dates` (or of its anniversary)
    or within a second of one of `times`."""
    edges = [length.first_moment_back(clock), clock.midnight_after(length.last_day_ahead(clock))]
    if length.elapses:
        edges.append(elapsed_later(clock.now, length.n, length.unit))
    if any(abs(moment - edge) <= timedelta(seconds=1) for moment in times for edge in edges):
        return True
    edge_days = [
        day + timedelta(days=k) for day in (length.first_day_back(clock), length.last_day_ahead(clock)) for k in (-1, 0, 1)
    ]
    return any((each.month, each.day) == (edge.month, edge.day) for each in dates for edge in edge_days)


def telling_durations(times: Sequence[datetime], dates: Sequence[date], now: datetime | None, zone: str) -> list[Duration]:
    if now is None:
        return []
    lengths = [Duration(n, unit) for n, unit in DURATIONS]
    return [length for length in lengths if telling(length, times, dates, Clock.at(now, zone))]


def pool_of(shop: OracleShop | None, now: datetime | None) -> Pool:
    """From the constants of the strategies and, where given, the shop's own values and the moment of evaluation."""
    zone = shop.zone if shop else "Europe/Paris"
    own = [value for row in people_and_rows(shop) for value in row.values()] if shop else []
    columns = columns_by_person(shop) if shop else []
    times = times_in(shop) if shop else []
    dates = [value for value in own if type(value) is date]
    moments = (*times, now) if now else times
    days = [day_of(moment, ZoneInfo(zone)) for moment in moments]
    return Pool(
        zone=zone,
        texts=(*TEXTS, *(value for value in own if isinstance(value, str))),
        numbers=(*AMOUNTS, *map(Decimal, COUNTS), *RATINGS, *(value for values in columns for value in values)),
        aggregates=sums_and_averages(columns) or AMOUNTS,
        times=moments,
        dates=(*watched_days(zone), *days, *days, *dates, *dates),
        durations=telling_durations(times, dates, now, zone),
        own=values_by_field(shop) if shop else {},
    )


def text(draw: st.DrawFn, pool: Pool) -> str:
    return picked(draw, pool.texts)


def part_of_text(draw: st.DrawFn, pool: Pool) -> str:
    """What a text may contain, begin or end with; never blank, which the rules refuse."""
    whole = picked(draw, [each for each in pool.texts if fold(each)])
    start, end = sorted((draw(st.integers(0, len(whole))), draw(st.integers(0, len(whole)))))
    part = whole[start:end]
    return part if fold(part) else whole


def number(draw: st.DrawFn, pool: Pool) -> str:
    """A decimal string without an exponent, at or beside a number of the shop."""
    return format(picked(draw, pool.numbers) + draw(SMALL_STEP), "f")


def aggregate(draw: st.DrawFn, pool: Pool) -> str:
    """At or beside what a sum or an average may come to, or any other number."""
    if draw(TWO_IN_THREE):
        return format(picked(draw, pool.aggregates) + draw(SMALL_STEP), "f")
    return number(draw, pool)


def count(draw: st.DrawFn, pool: Pool) -> str:
    return draw(COUNT_LIMITS)


def share(draw: st.DrawFn, pool: Pool) -> str:
    return draw(SHARES)


def days_between(draw: st.DrawFn, pool: Pool) -> str:
    return draw(DAYS_BETWEEN)


def said(draw: st.DrawFn, pool: Pool) -> str:
    """A text that is not blank."""
    return picked(draw, [each for each in pool.texts if fold(each)])


def size(draw: st.DrawFn, pool: Pool) -> Json:
    operator = draw(SIZE_OPERATOR)
    return {"operator": operator, "value": VALUES["count"][operator](draw, pool)}


def circle(draw: st.DrawFn, pool: Pool) -> Json:
    lat, lon = draw(CENTRES)
    return {"lat": lat, "lon": lon, "km": draw(KILOMETRES)}


def day(draw: st.DrawFn, pool: Pool) -> date:
    return picked(draw, pool.dates) + timedelta(days=draw(NEIGHBOUR))


def iso_day(draw: st.DrawFn, pool: Pool) -> str:
    return day(draw, pool).isoformat()


def instant(draw: st.DrawFn, pool: Pool) -> datetime:
    """In whole seconds: rules say no fractions of one."""
    own = bool(pool.times) and draw(st.booleans())
    moment = picked(draw, pool.times) if own else nasty_moment(draw, pool.zone)
    return entered(moment) + timedelta(seconds=draw(NEIGHBOUR))


def day_or_instant(draw: st.DrawFn, pool: Pool) -> str:
    """A day, a time with an offset, or one of the shop's clock, which may show it never or twice."""
    form = picked(draw, ("day", "day", "offset", "utc", "local"))
    if form == "day":
        return iso_day(draw, pool)
    moment, zone = instant(draw, pool), ZoneInfo(pool.zone)
    if form == "local":
        return (wall_clock(moment, zone) + timedelta(minutes=draw(HALF_HOURS))).isoformat()
    return moment.astimezone(zone if form == "offset" else UTC).isoformat()


def day_range(draw: st.DrawFn, pool: Pool) -> list[str]:
    return [each.isoformat() for each in sorted((day(draw, pool), day(draw, pool)))]


def day_or_instant_range(draw: st.DrawFn, pool: Pool) -> list[str]:
    """Two days, or two different moments in UTC, the earlier first."""
    first, second = instant(draw, pool), instant(draw, pool)
    if first == second or draw(st.booleans()):
        return day_range(draw, pool)
    return [each.isoformat() for each in sorted((first, second))]


def duration(draw: st.DrawFn, pool: Pool) -> dict[str, Json]:
    """Mostly one whose edge meets something in the shop, if there is one."""
    n, unit = draw(DURATION)
    if bool(pool.durations) and draw(TWO_IN_THREE):
        met = picked(draw, pool.durations)
        n, unit = met.n, met.unit
    return {"n": n, "unit": unit}


def word(draw: st.DrawFn, pool: Pool) -> str:
    return draw(WORDS)


def some(one: Draw) -> Draw:
    """A list of one to three."""
    return lambda draw, pool: [one(draw, pool) for _ in range(draw(ONE_TO_THREE))]


def range_of(one: Draw) -> Draw:
    """Two decimal strings, the smaller first."""
    return lambda draw, pool: sorted((one(draw, pool), one(draw, pool)), key=Decimal)


def one_or_some(most: int) -> Draw:
    """ "5" or ["5", "6"], each from 1 to `most` and once only."""
    numbers = st.integers(1, most)
    many = st.lists(numbers, min_size=1, max_size=3, unique=True)

    def drawn(draw: st.DrawFn, pool: Pool) -> Json:
        return [str(each) for each in draw(many)] if draw(st.booleans()) else str(draw(numbers))

    return drawn


def number_values(one: Draw) -> dict[str, Draw]:
    return {**dict.fromkeys(("=", "!=", "<", "<=", ">", ">="), one), "between": range_of(one), "in": some(one)}


def calendar_values(point: Draw, range_: Draw) -> dict[str, Draw]:
    """Values of the date operators, given those of on, before and after, and of between."""
    return {
        **dict.fromkeys(("on", "before", "after"), point),
        "between": range_,
        **dict.fromkeys(("last", "not_last", "next", "anniversary_next"), duration),
        **dict.fromkeys(("this", "previous"), word),
        "month_is": one_or_some(12),
        "weekday_is": one_or_some(7),
    }


# Dates are compared with dates only; times with dates and times.
# Counts, shares, days, and sums and averages (aggregates), are numbers with limits of their own.
VALUES: Mapping[str, Mapping[str, Draw]] = {
    "text": {
        **dict.fromkeys(("=", "!="), text),
        **dict.fromkeys(("in", "not_in"), some(text)),
        **dict.fromkeys(("contains", "not_contains", "starts_with", "ends_with"), part_of_text),
    },
    "number": number_values(number),
    "count": number_values(count),
    "share": number_values(share),
    "days": number_values(days_between),
    "aggregate": number_values(aggregate),
    "money": number_values(number),
    "boolean": {"is": lambda draw, pool: draw(st.booleans())},
    "date": calendar_values(iso_day, day_range),
    "time": calendar_values(day_or_instant, day_or_instant_range),
    "set": {**dict.fromkeys(("has_any", "has_all", "has_none"), some(said)), "size": size},
    "geo": {"within_km": circle},
}
SIZE_OPERATOR = st.sampled_from(tuple(VALUES["count"]))
