"""On which day of a year something falls: fixed, by weekday, by Easter, or from a list."""

from __future__ import annotations

from calendar import SUNDAY, monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import MAXYEAR, MINYEAR, date, timedelta

MONTHS = tuple("January February March April May June July August September October November December".split())  # noqa: SIM905
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}


@dataclass(frozen=True)
class DayRule:
    """`find` gives the day in a year, None where it is not known; `text` says the same for the docs."""

    text: str
    find: Callable[[int], date | None] = field(compare=False)

    def on(self, year: int) -> date | None:
        """The day in that year; None where it is not known, or no year of the calendar."""
        try:
            return self.find(year) if MINYEAR <= year <= MAXYEAR else None
        except OverflowError:
            return None

    def later(self, days: int, text: str) -> DayRule:
        """So many days after it."""

        def find(year: int) -> date | None:
            day = self.find(year)
            return day + timedelta(days) if day else None

        return DayRule(text, find)


def fixed(month: int, day: int) -> DayRule:
    """Each year the same."""
    return DayRule(f"{day} {MONTHS[month - 1]}", lambda year: date(year, month, day))


def nth(number: int, weekday: int, month: int) -> DayRule:
    """The first, second … of a weekday in a month; -1 is the last."""
    text = f"{ORDINALS[number]} {WEEKDAYS[weekday]} of {MONTHS[month - 1]}"
    return DayRule(text, lambda year: _nth(year, number, weekday, month))


def _nth(year: int, number: int, weekday: int, month: int) -> date:
    if number > 0:
        first = date(year, month, 1)
        return first + timedelta((weekday - first.weekday()) % 7 + 7 * (number - 1))
    last = date(year, month, monthrange(year, month)[1])
    return last - timedelta((last.weekday() - weekday) % 7)


def easter(offset: int = 0) -> DayRule:
    """So many days after Easter Sunday of the western churches."""
    return DayRule(_from_easter(offset, "Easter"), lambda year: _western_easter(year) + timedelta(offset))


def orthodox_easter(offset: int = 0) -> DayRule:
    """So many days after Easter Sunday of the eastern churches."""
    return DayRule(_from_easter(offset, "Orthodox Easter"), lambda year: _eastern_easter(year) + timedelta(offset))


def _from_easter(offset: int, name: str) -> str:
    if not offset:
        return f"{name} Sunday"
    return f"{abs(offset)} days {'after' if offset > 0 else 'before'} {name}"


def listed(days: Mapping[int, date], text: str) -> DayRule:
    """By a table."""
    return DayRule(text, days.get)


def french_mothers_day() -> DayRule:
    """The last Sunday of May, or a week later if that is Pentecost (article D215-1 of the code de l'action sociale)."""

    def find(year: int) -> date:
        day = _nth(year, -1, SUNDAY, 5)
        return day + timedelta(7) if day == _western_easter(year) + timedelta(49) else day

    return DayRule("last Sunday of May, a week later if that is Pentecost", find)


def _western_easter(year: int) -> date:
    """By the algorithm that Nature printed in 1876 ("anonymous Gregorian")."""
    golden = year % 19
    century, rest = divmod(year, 100)
    leap, remainder = divmod(century, 4)
    moon = (19 * golden + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * remainder + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _eastern_easter(year: int) -> date:
    """By Meeus's algorithm for the Julian calendar, in days of the Gregorian one."""
    moon = (19 * (year % 19) + 15) % 30
    sunday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    month, day = divmod(moon + sunday + 114, 31)
    behind = year // 100 - year // 400 - 2
    return date(year, month, day + 1) + timedelta(behind)
