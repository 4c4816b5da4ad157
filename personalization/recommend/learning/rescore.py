"""One person's lists after an order, from lists that are kept already: an approximation that holds until the next training."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from personalization.recommend.learning.again import WAIT
from personalization.recommend.learning.people_lists import half_life_of
from personalization.recommend.listed import LISTED, Listed, Lists, Part


class Bought(NamedTuple):
    """A line of an order: the product, the second since 1970, how many, and the order's id (one second is one order without)."""

    product: str
    at: int
    quantity: float = 1.0
    order: str = ""


def rescore(
    history: Sequence[Bought],
    neighbours: Mapping[str, Lists],
    popular: Sequence[Listed],
    *,
    now: int,
    settings: Mapping[str, Mapping[str, Any]] | None = None,
) -> Lists:
    """NEXT, NEW, AGAIN and BOUGHT of one person.

    `history` is all that she bought, in any order; `neighbours` the kept lists of those products (product id -> TOGETHER and
    SIMILAR; those that are missing are not heard); `popular` what is popular anywhere, which fills up; `settings` those of the
    version's choice, for the half-life of her habits and whether anybody buys a thing twice.

    As a training would make them, but: new products are found by the sum of the lists' scores, not by the models; NEXT blends
    habits, neighbours and popularity, each divided by its highest; a product that was bought once is due at once unless it is
    of the last order, for how often others buy it is not known here.
    """
    following = (settings or {}).get("next", {})
    lines = [line for line in history if line.quantity > 0 and line.at <= now]
    habits = _habits(lines, now, half_life_of(following))
    last = _last_times(lines)
    heard, because = _heard(habits, neighbours)
    fame = {listed.product: listed.score for listed in popular}
    new = {product: score for product, score in _summed((heard, 1.0), (fame, 0.1)).items() if product not in habits}
    return {
        Part.NEXT: _best(new if following.get("only_new") else _summed((habits, 1.0), (heard, 0.3), (fame, 0.3))),
        Part.NEW: [Listed(one.product, one.score, because.get(one.product, "")) for one in _best(new)],
        Part.AGAIN: _best(_due(habits, lines, now)),
        Part.BOUGHT: [Listed(product) for product in sorted(last, key=lambda product: (-last[product], product))],
    }


def _habits(lines: Sequence[Bought], now: int, half_life: float | None) -> dict[str, float]:
    """Product -> in how many orders, each halving after every half-life."""
    times = {(line.product, line.order or line.at): line.at for line in lines}
    habits: defaultdict[str, float] = defaultdict(float)
    for (product, _), at in times.items():
        habits[product] += 1.0 if half_life is None else 0.5 ** ((now - at) / half_life)
    return dict(habits)


def _last_times(lines: Sequence[Bought]) -> dict[str, int]:
    last: dict[str, int] = {}
    for line in lines:
        last[line.product] = max(line.at, last.get(line.product, line.at))
    return last


def _heard(habits: Mapping[str, float], neighbours: Mapping[str, Lists]) -> tuple[dict[str, float], dict[str, str]]:
    """What the neighbours of all that was bought add up to, and which of it says most for each."""
    heard: defaultdict[str, float] = defaultdict(float)
    loudest: dict[str, tuple[float, str]] = {}
    for product in sorted(habits):
        lists = neighbours.get(product, {})
        for listed in lists.get(Part.TOGETHER) or lists.get(Part.SIMILAR) or ():
            said = max(listed.score, 0.0)
            heard[listed.product] += said
            if said > loudest.get(listed.product, (0.0, ""))[0]:
                loudest[listed.product] = (said, product)
    return dict(heard), {product: why for product, (_, why) in loudest.items()}


def _due(habits: Mapping[str, float], lines: Sequence[Bought], now: int) -> dict[str, float]:
    """The habits that are due."""
    bought: defaultdict[str, set[int]] = defaultdict(set)
    for line in lines:
        bought[line.product].add(line.at)
    latest = max((line.at for line in lines), default=0)
    return {product: score for product, score in habits.items() if _is_due(sorted(bought[product]), latest, now)}


def _is_due(times: Sequence[int], latest: int, now: int) -> bool:
    if len(times) == 1:
        return times[0] < latest
    return now - times[-1] >= WAIT * (times[-1] - times[0]) / (len(times) - 1)


def _summed(*parts: tuple[Mapping[str, float], float]) -> dict[str, float]:
    total: defaultdict[str, float] = defaultdict(float)
    for scores, weight in parts:
        highest = max(scores.values(), default=0.0)
        for product, score in scores.items():
            total[product] += weight * score / highest if highest > 0 else 0.0
    return dict(total)


def _best(scores: Mapping[str, float]) -> list[Listed]:
    order = sorted(scores, key=lambda product: (-scores[product], product))[:LISTED]
    return [Listed(product, scores[product]) for product in order]
