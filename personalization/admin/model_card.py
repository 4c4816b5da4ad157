"""What a version of the recommender was made from and how well it does, as its page shows it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.template.defaultfilters import date
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from personalization.admin.charts import percent_text, score_text
from personalization.admin.loose import number, part, rows, text
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
    covered = percent_text(number(card, "coverage"))
    return [
        *(Fact(label, count(data, name)) for label, name in counts),
        Fact(_("Ordered"), span or NOT_KNOWN),
        *_left_out(part(data, "left_out")),
        Fact(_("Coverage"), covered, _("of the products on sale stand in front of somebody's list")),
    ]


WHY_LEFT_OUT: Mapping[str, str | Promise] = {
    "nobodys": gettext_lazy("orders of nobody whom the shop knows"),
    "refused": gettext_lazy("orders of people who said no"),
    "untimed": gettext_lazy("orders without a time"),
    "of_no_order": gettext_lazy("lines of orders that are left out"),
    "of_no_product": gettext_lazy("lines without a product"),
    "no_piece": gettext_lazy("lines of no piece"),
    "few_buyers": gettext_lazy("lines of products that fewer than five people bought"),
}
"""Reason of a card -> what it says."""


def _left_out(found: Any) -> list[Fact]:
    """What nothing was learned from; nothing of cards that do not say."""
    counts = {why: number(found, name) for name, why in WHY_LEFT_OUT.items()}
    told = [f"{count_text(int(count))} {why}" for why, count in counts.items() if count]
    total = sum(int(count or 0) for count in counts.values())
    return [Fact(_("Rows left out"), count_text(total), ", ".join(told))] if told else []


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


DAY = 86_400

PARTS: Mapping[str, str | Promise] = {
    "frequency": gettext_lazy("what they bought before"),
    "tifu": gettext_lazy("what they and people like them bought before (TIFU-KNN)"),
    "popularity": gettext_lazy("what is popular"),
    "ease": gettext_lazy("what goes with all that they bought (EASE)"),
    "alike": gettext_lazy("what was bought by the same people"),
    "als": gettext_lazy("what fits their taste (ALS)"),
    "basket_ease": gettext_lazy("what goes with the whole basket (EASE)"),
    "basket_alike": gettext_lazy("what lies in the same baskets"),
}
"""What a model of a blend goes by; others go by their names."""

TRIED = 8
"""So many of what was tried are listed, of each task."""


def settings_table(card: Any) -> Table:
    """What was chosen for each task, in words."""
    settings = part(_choice(card), "settings")
    lines = [(task, one) for task in _in_order(settings) for one in rows(settings[task], "parts")]
    cells = [(task_name(task), str(PARTS.get(text(one, "model"), text(one, "model"))), _parameters(one)) for task, one in lines]
    headings = (_("Task"), _("Goes by"), _("How"))
    note = _("Several together are blended by weight. They did best on the last part of the orders, learned from those before.")
    return Table("settings", _("Settings chosen"), headings, cells, note=note)


def tried_table(card: Any) -> Table:
    """What the best of those did that were tried."""
    tried = {task: part(_choice(card), "tried", task) for task in _in_order(part(_choice(card), "tried"))}
    cells = [
        (task_name(task), name.replace("_", " "), score_text(number(scores, name)))
        for task, scores in tried.items()
        for name in _best(scores)
    ]
    note = _("Scores of the choosing are lower than those of the test where there was less to learn from.")
    return Table("tried", _("What was tried"), (_("Task"), _("Models"), "NDCG@10"), cells, note=note, is_folded=True)


def _best(scores: Mapping[str, Any]) -> list[str]:
    return _most(scores)[:TRIED]


def _in_order(tasks: Mapping[str, Any]) -> list[str]:
    """As everywhere: databases keep no order of an object's names."""
    return sorted(tasks, key=lambda task: ([*TASKS, task].index(task), task))


def task_name(task: str) -> str:
    """As the owner knows it."""
    return str(TASKS[task].name) if task in TASKS else task


def _choice(card: Any) -> Mapping[str, Any]:
    return part(card, "choice") or part(report_of(card), "choice")


def _parameters(one: Mapping[str, Any]) -> str:
    told = (_parameter(name, value) for name, value in one.items() if name != "model")
    return ", ".join(told) or NOT_KNOWN


LENGTHS: Mapping[str, str | Promise] = {
    "half_life": gettext_lazy("counts for half after %(days)s days"),
    "trend": gettext_lazy("follows the trend of %(days)s days"),
}
"""Parameters that are seconds."""


def _parameter(name: str, value: Any) -> str:
    found = number({"value": value}, "value")
    if name == "half_life" and value is None:
        return _("counts the same, however long ago")
    if name in LENGTHS and found is not None:
        return str(LENGTHS[name]) % {"days": count_text(max(round(found / DAY), 1))}
    return f"{name.replace('_', ' ')} {value if found is None else _short(found)}"


def _short(value: float) -> str:
    return count_text(int(value)) if value == int(value) else score_text(value)


def cost_table(card: Any) -> Table:
    """How many lists of what, and the seconds of each step; the most in front."""
    sizes, seconds = part(card, "sizes"), part(card, "seconds")
    cells = [
        *((_("lists: %(what)s") % {"what": _plain(name)}, count(sizes, name)) for name in _most(sizes)),
        *((_plain(name), _seconds(seconds, name)) for name in _most(seconds)),
    ]
    return Table("cost", _("Sizes and seconds"), (_("What"), _("How much")), cells, is_folded=True)


def _plain(name: str) -> str:
    return name.replace("_", " ")


def _most(amounts: Mapping[str, Any]) -> list[str]:
    return sorted(amounts, key=lambda name: (-(number(amounts, name) or 0), name))


def _seconds(data: Any, name: str) -> str:
    found = number(data, name)
    return NOT_KNOWN if found is None else _("%(seconds)s s") % {"seconds": score_text(found)}
