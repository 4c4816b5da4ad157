"""What a version of the recommender was made from and how well it does, as its page shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.template.defaultfilters import date
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from personalization.admin.charts import score_text
from personalization.admin.loose import number, part
from personalization.admin.measured import NDCG, TASKS
from segmentation.admin.figures import NOT_KNOWN, count_text
from segmentation.admin.tables import Table


class Fact(NamedTuple):
    """A figure with what it is, and a word more."""

    label: str
    value: str
    more: str = ""


def report_of(card: Any) -> Mapping[str, Any]:
    """The evaluation that a card holds."""
    return part(card, "report") or part(card)


def score_of(card: Any, task: str) -> float | None:
    """NDCG@10 of what is served."""
    return number(report_of(card), "tasks", task, NDCG)


def facts(card: Any) -> list[Fact]:
    """What it learned from."""
    data = part(card, "data")
    counts = [(_("People"), "people"), (_("Products"), "products"), (_("Orders"), "orders"), (_("Lines of orders"), "lines")]
    span = " \u2013 ".join(filter(None, (_day(data.get("from")), _day(data.get("until")))))
    return [
        *(Fact(label, count(data, name)) for label, name in counts),
        Fact(_("Ordered"), span or NOT_KNOWN),
        Fact(_("Left out"), count(data, "left_out"), _("lines of nobody, or of what is no product")),
    ]


def count(data: Any, *path: str) -> str:
    """The count at that path."""
    found = number(data, *path)
    return NOT_KNOWN if found is None else count_text(int(found))


def _day(moment: Any) -> str:
    """Of seconds since 1970, or of an ISO date."""
    try:
        read = datetime.fromtimestamp(moment, UTC) if isinstance(moment, int | float) else datetime.fromisoformat(moment)
    except (TypeError, ValueError, OverflowError, OSError):
        return ""
    return date(localtime(read) if read.tzinfo else read, "DATE_FORMAT")


WORDS: Mapping[str, str | Promise] = {
    "half_life": gettext_lazy("half-life, days"),
    "neighbours": gettext_lazy("neighbours asked"),
    "weights": gettext_lazy("weights"),
    "weight": gettext_lazy("weight"),
    "models": gettext_lazy("models"),
    "model": gettext_lazy("model"),
    "name": gettext_lazy("model"),
}
"""Settings in plain words; others go by their names."""


def settings_table(card: Any) -> Table:
    """What was chosen for each task."""
    settings = part(card, "choice", "settings") or part(report_of(card), "choice", "settings")
    rows = [
        (str(TASKS[task].name) if task in TASKS else task, *line) for task, said in settings.items() for line in _settings(said)
    ]
    headings = (_("Task"), _("Setting"), _("Value"))
    note = _("Chosen on the last part of the orders, learned from the part before.")
    return Table("settings", _("Settings chosen"), headings, rows, empty=NOT_KNOWN, note=note)


def _settings(said: Any, prefix: str = "") -> Iterator[tuple[str, str]]:
    if not isinstance(said, Mapping):
        yield prefix or NOT_KNOWN, _value(said)
        return
    for name, value in said.items():
        label = " · ".join(filter(None, (prefix, str(WORDS.get(name, str(name).replace("_", " "))))))
        yield from _settings(value, label)


def _value(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(_value, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    found = number({"value": value}, "value")
    if found is None:
        return NOT_KNOWN if value is None else str(value)
    return count_text(int(found)) if found == int(found) else score_text(found)


def cost_table(card: Any) -> Table:
    """Sizes and seconds of each step."""
    seconds = [(str(name).replace("_", " "), _seconds(part(card, "seconds"), name)) for name in part(card, "seconds")]
    sizes = [(str(name).replace("_", " "), count(card, "sizes", name)) for name in part(card, "sizes")]
    return Table("cost", _("Sizes and seconds"), (_("What"), _("How much")), [*sizes, *seconds], empty=NOT_KNOWN, is_folded=True)


def _seconds(data: Any, name: str) -> str:
    found = number(data, name)
    return NOT_KNOWN if found is None else _("%(seconds)s s") % {"seconds": score_text(found)}


def bias_table(report: Any) -> Table:
    """How much more popular what is shown is than what is bought."""
    rows = [
        (str(task.name), score_text(found))
        for name, task in TASKS.items()
        if (found := number(report, "tasks", name, "popularity_bias")) is not None
    ]
    note = _("How popular what is shown is, against what the same customers buy: 1 is alike, above it the popular is shown more.")
    return Table("bias", _("Popularity bias"), (_("Task"), _("Bias")), rows, note=note)
