"""How well models do, as an owner reads it: sentences, charts and tables of what `evaluating.evaluate.Report` holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from personalization.admin.charts import Chart, Series, percent_text, score_text
from personalization.admin.loose import number, pair, part, rows
from segmentation.admin.figures import NOT_KNOWN, count_text

RECALL, NDCG = "recall_at_10", "ndcg_at_10"


class Task(NamedTuple):
    """What a model is asked. `found` is a sentence about ten products, with %(share)s and %(people)s."""

    name: str | Promise
    question: str | Promise
    found: str | Promise


TASKS: Mapping[str, Task] = {
    "next": Task(
        gettext_lazy("The next order"),
        gettext_lazy("What does a customer put into the next order, bought before or not?"),
        gettext_lazy("Ten products shown to each of %(people)s customers held %(share)s of what they ordered next."),
    ),
    "new": Task(
        gettext_lazy("Something new"),
        gettext_lazy("What does a customer buy later on and never bought before?"),
        gettext_lazy("Ten products shown to each of %(people)s customers held %(share)s of what they bought for the first time."),
    ),
    "basket": Task(
        gettext_lazy("The rest of a basket"),
        gettext_lazy("Half of a basket is hidden: what else lies in it?"),
        gettext_lazy("Ten products shown beside each of %(people)s baskets held %(share)s of what was hidden."),
    ),
}

MODELS: Mapping[str, str | Promise] = {
    "popularity": gettext_lazy("Best sellers"),
    "recent_popularity": gettext_lazy("Best sellers of late"),
    "item_cosine": gettext_lazy("Bought together (cosine)"),
    "personal_frequency": gettext_lazy("What they bought most often"),
}
"""What baselines are called."""


@dataclass(frozen=True, slots=True)
class Section:
    """Charts that answer one question."""

    name: str
    title: str
    words: str
    charts: Sequence[Chart]


def sections(report: Any) -> list[Section]:
    """Everything that the report has; nothing for what it lacks."""
    made = [*(_task(report, name) for name in TASKS), _histories(report), _rules(report), _spread(report)]
    return [section for section in made if section.charts]


def model_name(slug: str) -> str:
    """Of a baseline; its slug where nobody knows another."""
    return str(MODELS.get(slug, slug.replace("_", " ")))


def _task(report: Any, name: str) -> Section:
    task = TASKS[name]
    ours, others = part(report, "tasks", name), part(report, "baselines", name)
    charts = list(_compared(name, ours, others)) if number(ours, "n") != 0 else []
    return Section(f"task-{name}", str(task.name), str(task.question), charts)


def _compared(name: str, ours: Mapping[str, Any], others: Mapping[str, Any]) -> Iterator[Chart]:
    for metric, title, sentence, is_share in (
        (NDCG, _("Right products, and in front"), _score_sentence(ours, others), False),
        (RECALL, _("Found among ten"), _found_sentence(name, ours, others), True),
    ):
        if number(ours, metric) is None:
            continue
        ranked = sorted(others, key=lambda slug: (-(number(others, slug, metric) or 0), slug))
        each = [ours, *(part(others, slug) for slug in ranked)]
        series = Series(
            "Recall@10" if is_share else "NDCG@10",
            [number(one, metric) for one in each],
            [pair(one, "intervals", metric) for one in each],
        )
        labels = [_("Ours"), *map(model_name, ranked)]
        yield Chart(f"{name}-{metric}", title, sentence, _("Way"), labels, [series], ours=0, is_share=is_share)


def _found_sentence(name: str, ours: Mapping[str, Any], others: Mapping[str, Any]) -> str:
    people, share = number(ours, "n"), number(ours, RECALL)
    said = str(TASKS[name].found) % {
        "people": NOT_KNOWN if people is None else count_text(int(people)),
        "share": percent_text(share),
    }
    slug = _best(others, RECALL)
    if not slug:
        return said
    best = percent_text(number(others, slug, RECALL))
    return f"{said} " + _("The best of the simple ways, “%(way)s”, held %(share)s.") % {"way": model_name(slug), "share": best}


def _score_sentence(ours: Mapping[str, Any], others: Mapping[str, Any]) -> str:
    score, slug = number(ours, NDCG), _best(others, NDCG)
    if score is None or not slug:
        return _("Ten right products in the right order would score 1. Ours score %(score)s.") % {"score": score_text(score)}
    said = {"score": score_text(score), "way": model_name(slug), "other": score_text(number(others, slug, NDCG))}
    words = _("Ten right products in the right order would score 1. Ours score %(score)s, “%(way)s” %(other)s: %(verdict)s.")
    return words % {**said, "verdict": _verdict(score, number(others, slug, NDCG) or 0.0, pair(others, slug, "difference"))}


def _verdict(ours: float, other: float, difference: tuple[float, float] | None) -> str:
    """`difference` is that of ours to the other, which may be chance if it could be none."""
    if difference is not None and difference[0] <= 0 <= difference[1]:
        return _("no difference beyond chance")
    if not other:
        return _("more than chance") if ours else _("no difference beyond chance")
    change = percent_text(abs(ours / other - 1))
    return _("%(change)s better") % {"change": change} if ours >= other else _("%(change)s worse") % {"change": change}


def _best(others: Mapping[str, Any], metric: str) -> str:
    known = [slug for slug in others if number(others, slug, metric) is not None]
    return max(known, key=lambda slug: number(others, slug, metric) or 0.0, default="")


def _histories(report: Any) -> Section:
    asked = {name: [group for group in rows(report, "tasks", name, "by_history") if number(group, "n")] for name in TASKS}
    charts = [_history(name, groups) for name, groups in asked.items() if groups]
    words = _("The more a customer has bought, the more there is to learn from. Do those who bought once get something good too?")
    return Section("history", _("By what they bought before"), words, charts)


def _history(name: str, groups: Sequence[Mapping[str, Any]]) -> Chart:
    labels = [_bought(group) for group in groups]
    series = [
        Series("NDCG@10", [number(group, NDCG) for group in groups]),
        Series("Recall@10", [number(group, RECALL) for group in groups]),
    ]
    said = _("%(count)s were asked after %(few)s and scored %(low)s; %(more)s: %(high)s.")
    sentence = said % {
        "count": _people(groups[0]),
        "few": labels[0],
        "low": score_text(number(groups[0], NDCG)),
        "more": labels[-1],
        "high": score_text(number(groups[-1], NDCG)),
    }
    return Chart(f"{name}-history", str(TASKS[name].name), sentence, _("Bought before"), labels, series, is_lying=False)


def _people(group: Mapping[str, Any]) -> str:
    people = number(group, "n")
    return NOT_KNOWN if people is None else count_text(int(people))


def _bought(group: Mapping[str, Any]) -> str:
    low, high = number(group, "from"), number(group, "to")
    if low is None:
        return NOT_KNOWN
    if high is None:
        return _("%(low)s orders or more") % {"low": count_text(int(low))}
    if low == high:
        return ngettext("%(low)s order", "%(low)s orders", int(low)) % {"low": count_text(int(low))}
    return _("%(low)s to %(high)s orders") % {"low": count_text(int(low)), "high": count_text(int(high))}


def _rules(report: Any) -> Section:
    after = {name: part(report, "tasks", name, "after_rules") or part(report, "after_rules", name) for name in TASKS}
    names = [name for name in TASKS if number(after[name], NDCG) is not None]
    values = [(number(report, "tasks", name, NDCG), number(after[name], NDCG)) for name in names]
    series = [
        Series(_("As the model says"), [before for before, _after in values]),
        Series(_("Under the rules of the house"), [after for _before, after in values]),
    ]
    labels = [str(TASKS[name].name) for name in names]
    sentence = _("What is sold out, not for sale or excluded is not shown, however well it would fit: this is what that costs.")
    chart = Chart("rules", _("Before and after"), sentence, _("Task"), labels, series, is_lying=False)
    return Section("house", _("The rules of the house"), "", [chart] if names else [])


def _spread(report: Any) -> Section:
    charts = [*_coverage(report), *_bias(report)]
    return Section("spread", _("Many products or few"), _("Does everybody get the same few products?"), charts)


def _coverage(report: Any) -> Iterator[Chart]:
    names = [name for name in TASKS if number(report, "tasks", name, "coverage") is not None]
    if not names:
        return
    known = {slug for name in names for slug in part(report, "baselines", name)}
    slugs = sorted(known, key=lambda slug: ([*MODELS, slug].index(slug), slug))
    series = [
        Series(
            str(TASKS[name].name),
            [
                number(report, "tasks", name, "coverage"),
                *(number(report, "baselines", name, slug, "coverage") for slug in slugs),
            ],
        )
        for name in names
    ]
    share = percent_text(number(report, "tasks", names[0], "coverage"))
    sentence = _("%(share)s of the products stand among somebody's ten; the others are seen by those who look for them.")
    labels = [_("Ours"), *map(model_name, slugs)]
    yield Chart("coverage", _("Share of products shown"), sentence % {"share": share}, _("Way"), labels, series, 0, is_share=True)


def _bias(report: Any) -> Iterator[Chart]:
    found = {name: bias for name in TASKS if (bias := number(report, "tasks", name, "popularity_bias")) is not None}
    if not found:
        return
    sentence = _("Where what is shown stands among all products: 100 % is the best seller, 50 % as drawn by lot.")
    labels = [str(TASKS[name].name) for name in found]
    series = Series(_("Mean rank in popularity"), list(found.values()))
    yield Chart("bias", _("Popularity bias"), sentence, _("Task"), labels, [series], is_share=True, is_lying=False)
