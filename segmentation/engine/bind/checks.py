"""A fact under an operator, with its value: the check that the kernel applies to a column."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from segmentation.engine.bind.notes import Notes
from segmentation.facts.fact import Fact
from segmentation.kernel.moments import Calendar
from segmentation.kernel.plan import Check, Holds, InSpans, IsSet, Moments, Size, Span, Within, Words
from segmentation.rules.tree import Circle, Comparison, Value
from segmentation.rules.values import OPERATORS, Kind, fold, operators_of, read_moment, read_number


class Checks:
    """Binds operators and values."""

    def __init__(self, notes: Notes, calendar: Calendar) -> None:
        self._notes = notes
        self._calendar = calendar
        self.wrong = notes.wrong

    def check(self, fact: Fact, operator: str, value: Value, path: str) -> Check | None:
        """The check that an operator and its value make of a fact of this kind; `path` is the condition's."""
        if fact.kind not in OPERATORS[operator].kinds:
            known = ", ".join(OPERATORS[known].text for known in operators_of(fact.kind))
            template = "%(name)s is a %(kind)s, which has no operator %(operator)s; it has %(known)s"
            return self.wrong(
                f"{path}/operator", template, name=fact.name, kind=fact.kind, operator=OPERATORS[operator].text, known=known
            )
        if operator in ("is_set", "is_not_set"):
            return IsSet(operator == "is_set")
        return _CHECKS[fact.kind](self, fact, operator, value, f"{path}/value")

    def words(self, fact: Fact, operator: str, value: Value, path: str) -> Check:
        return Words(operator, tuple(map(fold, _listed(value))))

    def sets(self, fact: Fact, operator: str, value: Value, path: str) -> Check | None:
        if not isinstance(value, Comparison):
            return Holds(operator, tuple(map(fold, _listed(value))))
        if Kind.NUMBER not in OPERATORS[value.operator].kinds:
            return self.wrong(f"{path}/operator", "a size is compared as a number is")
        size = self.numbers(_SIZE, value.operator, value.value, f"{path}/value")
        return Size(size.spans) if size else None

    def places(self, fact: Fact, operator: str, value: Value, path: str) -> Check | None:
        if not isinstance(value, Circle):
            return self.wrong(path, "a place needs lat, lon and km")
        numbers = [self.number(getattr(value, name), f"{path}/{name}") for name in ("lat", "lon", "km")]
        found = [float(number) for number in numbers if number is not None]
        return Within(*found) if len(found) == len(numbers) else None

    def yes_no(self, fact: Fact, operator: str, value: Value, path: str) -> Check:
        return InSpans((_point(Fraction(int(value is True))),))

    def numbers(self, fact: Fact, operator: str, value: Value, path: str) -> InSpans | None:
        is_list = isinstance(value, tuple)
        limits = [self.number(one, f"{path}/{index}" if is_list else path) for index, one in enumerate(_listed(value))]
        scaled = [Fraction(limit) * 10**fact.scale for limit in limits if limit is not None]
        if len(scaled) < len(limits):
            return None
        if operator == "between" and scaled[0] > scaled[1]:
            return self.wrong(path, "between has its ends the wrong way round")
        return InSpans(_SPANS[operator](scaled))

    def number(self, text: str, path: str) -> Decimal | None:
        number = read_number(text)
        return number if number is not None else self.wrong(path, "%(text)r is not a number", text=text)

    def calendar(self, fact: Fact, operator: str, value: Value, path: str) -> Check | None:
        sound: object = True
        match operator, value:
            case "between", tuple():
                sound = self.moments(value, path)
            case (("on" | "before" | "after"), str()):
                sound = self.moment(value, path)
            case (("month_is" | "weekday_is"), _):
                sound = self.counted(operator, value, path)
        if sound is None:
            return None
        return Moments(operator, self.days(value), days=True) if fact.kind is Kind.DATE else Moments(operator, value)

    def days(self, value: Value) -> Value:
        """A pure date is compared as a day of the shop, so a time that it is compared with stands for its day."""
        if isinstance(value, tuple):
            return tuple(self.day(text) for text in value)
        return self.day(value) if isinstance(value, str) else value

    def day(self, text: str) -> str:
        moment = read_moment(text, self._calendar.zone)
        return self._calendar.today(moment).isoformat() if isinstance(moment, datetime) else text

    def moment(self, text: str, path: str) -> object:
        moment = read_moment(text, self._calendar.zone)
        return moment if moment is not None else self.wrong(path, "%(text)r is not a date or time", text=text)

    def moments(self, pair: tuple[str, ...], path: str) -> object:
        ends = [self.moment(text, f"{path}/{index}") for index, text in enumerate(pair)]
        if None in ends:
            return None
        start, end = ends
        if isinstance(start, datetime) is not isinstance(end, datetime):
            return self.wrong(path, "between needs two dates or two times, not one of each")
        if start > end:  # type: ignore[operator]  # both are dates or both are times
            return self.wrong(path, "between has its ends the wrong way round")
        return ends

    def counted(self, operator: str, value: Value, path: str) -> object:
        most = 12 if operator == "month_is" else 7
        before = len(self._notes.problems)
        for index, text in enumerate(_listed(value)):
            if not (len(text) < 3 and text.isascii() and text.isdigit() and 1 <= int(text) <= most):
                here = f"{path}/{index}" if isinstance(value, tuple) else path
                self.wrong(here, "%(text)r is not a number from 1 to %(most)d", text=text, most=most)
        return value if len(self._notes.problems) == before else None


def _listed(value: Value) -> tuple[str, ...]:
    if isinstance(value, tuple):
        return value
    return (value,) if isinstance(value, str) else ()


_SIZE = Fact("size", Kind.NUMBER)


def _point(limit: Fraction) -> Span:
    return Span(limit, limit)


_SPANS: dict[str, Callable[[list[Fraction]], tuple[Span, ...]]] = {
    "=": lambda limits: (_point(limits[0]),),
    "!=": lambda limits: (Span(high=limits[0], high_open=True), Span(low=limits[0], low_open=True)),
    "in": lambda limits: tuple(map(_point, limits)),
    "<": lambda limits: (Span(high=limits[0], high_open=True),),
    "<=": lambda limits: (Span(high=limits[0]),),
    ">": lambda limits: (Span(low=limits[0], low_open=True),),
    ">=": lambda limits: (Span(low=limits[0]),),
    "between": lambda limits: (Span(limits[0], limits[1]),),
}

_CHECKS: dict[Kind, Callable[[Checks, Fact, str, Value, str], Check | None]] = {
    Kind.TEXT: Checks.words,
    Kind.NUMBER: Checks.numbers,
    Kind.MONEY: Checks.numbers,
    Kind.BOOLEAN: Checks.yes_no,
    Kind.DATE: Checks.calendar,
    Kind.TIME: Checks.calendar,
    Kind.SET: Checks.sets,
    Kind.GEO: Checks.places,
}
