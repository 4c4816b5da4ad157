"""Charts with the table of their numbers, drawn by a script of ours with Chart.js; the table says it all to those without."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.forms import Script
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from segmentation.admin.figures import NOT_KNOWN, share_text
from segmentation.admin.tables import Table

SCRIPTS = tuple(
    Script(f"regulars_personalization/{name}", defer=True) for name in ("vendor/chartjs/chart.umd.min.js", "charts.js")
)
STYLES = ("regulars_personalization/admin.css", "regulars_personalization/charts.css")

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers of one colour, one for each label of the chart; `intervals` are those in which they lie 95 times of a hundred."""

    name: str
    values: Sequence[float | None]
    intervals: Sequence[Interval | None] = ()

    def interval(self, place: int) -> Interval | None:
        """Of the number at that place."""
        return self.intervals[place] if self.intervals else None


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars, with whiskers where there are intervals, under a sentence that says what they come to.

    `ours` is the place of the bar that is to be seen first, where there is one. `is_share` numbers are 0 … 1, shown in per cent.
    """

    name: str
    title: str
    sentence: str
    heading: str
    """What the labels are: the first heading of the table."""
    labels: Sequence[str]
    series: Sequence[Series]
    ours: int | None = None
    is_share: bool = False
    is_lying: bool = True
    """Whether bars lie, which leaves room for long labels."""

    @property
    def data_id(self) -> str:
        """Of the element that holds `data`."""
        return f"{self.name}-data"

    @property
    def table(self) -> Table:
        """The same in numbers."""
        headings = [self.heading]
        for each in self.series:
            headings += [each.name, _("95-percent interval")] if each.intervals else [each.name]
        rows = [(label, *self._cells(place)) for place, label in enumerate(self.labels)]
        return Table(f"{self.name}-numbers", _("The numbers"), headings, rows)

    def _cells(self, place: int) -> list[str]:
        write = self._write()
        cells: list[str] = []
        for each in self.series:
            cells.append(write(each.values[place]))
            if each.intervals:
                cells.append(interval_text(each.interval(place), write))
        return cells

    def _write(self) -> Callable[[float | None], str]:
        return percent_text if self.is_share else score_text

    @property
    def data(self) -> Mapping[str, Any]:
        """For the script."""
        return {
            "labels": list(self.labels),
            "ours": self.ours,
            "share": self.is_share,
            "lying": self.is_lying,
            "series": [
                {
                    "name": each.name,
                    "values": list(each.values),
                    "texts": [self._write()(value) for value in each.values],
                    "intervals": list(each.intervals),
                }
                for each in self.series
            ],
        }


def score_text(value: float | None) -> str:
    """With three decimals."""
    return NOT_KNOWN if value is None else number_format(round(value, 3), decimal_pos=3, use_l10n=True)


def percent_text(value: float | None) -> str:
    """A share in per cent."""
    return NOT_KNOWN if value is None else share_text(value)


def interval_text(interval: Interval | None, write: Callable[[float | None], str] = score_text) -> str:
    """From … to …"""
    return NOT_KNOWN if interval is None else f"{write(interval[0])} \u2013 {write(interval[1])}"
