"""The leaf pattern: in which of the last periods there were rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .groups import Node
from .matching import Case, rows_in_order
from .moments import Clock, Duration, calendar_later

MOST_PERIODS = 60


@dataclass(frozen=True)
class Periods:
    """Period k runs from midnight(today - k periods) to the start of period k - 1; period 1 to now."""

    clock: Clock
    duration: Duration

    def start(self, k: int) -> datetime:
        """Computed from today, so that a month that is cut short does not shorten the ones before it."""
        return self.clock.midnight(calendar_later(self.clock.today, -k * self.duration.n, self.duration.unit))

    def holds(self, k: int, at: datetime) -> bool:
        return self.start(k) <= at <= self.clock.now if k == 1 else self.start(k) <= at < self.start(k - 1)


@dataclass(frozen=True)
class Seen:
    """The times of the rows that match, the first first, and the periods to look at."""

    times: list[datetime]
    periods: Periods

    def in_period(self, k: int) -> bool:
        return any(self.periods.holds(k, at) for at in self.times)


def first_time(seen: Seen, n: int) -> bool:
    """The first row lies in period 1."""
    return seen.periods.holds(1, seen.times[0])


def regularly(seen: Seen, n: int) -> bool:
    """A row in each of 1 … n."""
    return all(seen.in_period(k) for k in range(1, n + 1))


def stopped(seen: Seen, n: int) -> bool:
    """None in 1, a row in each of 2 … n + 1."""
    return not seen.in_period(1) and all(seen.in_period(k) for k in range(2, n + 2))


def restarted(seen: Seen, n: int) -> bool:
    """A row in 1, none in 2 … n + 1, some earlier."""
    quiet = not any(seen.in_period(k) for k in range(2, n + 2))
    return seen.in_period(1) and quiet and seen.times[0] < seen.periods.start(n + 1)


PATTERNS: Mapping[str, Callable[[Seen, int], bool]] = {
    "first_time": first_time,
    "regularly": regularly,
    "stopped": stopped,
    "restarted": restarted,
}


def pattern(leaf: Node, case: Case) -> bool:
    """Never unknown; false without rows. Raises ValueError for periods that are shorter than a day, or too many."""
    duration, n = Duration.of(leaf["period"]), number_of_periods(leaf)
    if duration.elapses:
        raise ValueError("a period is a day or longer")
    rows = rows_in_order(leaf["field"], leaf.get("where"), None, case)
    times: list[Any] = [row.at for row in rows]
    return bool(times) and PATTERNS[leaf["pattern"]](Seen(times, Periods(case.clock, duration)), n)


def number_of_periods(leaf: Node) -> int:
    """Asked for by every pattern but first_time."""
    if leaf["pattern"] == "first_time":
        return 1
    n = int(leaf["periods"])
    if not 1 <= n <= MOST_PERIODS:
        raise ValueError(f"{n} periods")
    return n
