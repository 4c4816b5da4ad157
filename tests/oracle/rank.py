"""The leaf rank: a place in the base.

The value is the person's now. The cut-off that it must reach is made of everybody's values at midnight(today), so it
is the same all day long.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Any

from .consent import may_ask
from .facts import fact, material
from .groups import Node
from .kleene import Truth
from .matching import Case
from .measures import MEASURES, lacks_rows
from .moments import Duration, entered
from .numbers import number
from .shop import VISITOR

BEST_FIRST = {"top": True, "top_percent": True, "bottom": False, "bottom_percent": False}
PERCENTS = ("top_percent", "bottom_percent")


@dataclass(frozen=True)
class Ranked:
    """What a person is ranked by: None where that is unknown, `out` where there are too few rows to have a place."""

    value: Any
    out: bool = False


OUTSIDE = Ranked(None, out=True)


def rank(leaf: Node, case: Case) -> Truth:
    """False for visitors and for lack of rows, else unknown without a value, else whether the cut-off is reached.

    Who was in stays until the wider cut-off `leave_at` is passed, and at least for `min_stay`; but of whom it may not be
    asked it is unknown, whoever was in.
    """
    if case.person_key.startswith(VISITOR):
        return False
    if not may_ask(leaf, case):
        return None
    mine, values = ranked(leaf, case), population(leaf, case)
    answer = reached(mine, values, leaf["operator"], leaf["value"])
    stay, since = leaf.get("min_stay"), case.prior.own(case.person_key).since
    if answer is True or since is None:
        return answer
    if stay is not None and not Duration.of(stay).is_over(entered(since), case.clock):
        return True
    wider = leaf.get("leave_at")
    return answer if wider is None else reached(mine, values, leaf["operator"], wider)


def ranked(leaf: Node, case: Case) -> Ranked:
    """Visitors, and those of whom it may not be asked, are no part of the base."""
    if case.person_key.startswith(VISITOR) or not may_ask(leaf, case):
        return OUTSIDE
    if "measure" not in leaf:
        return Ranked(fact(leaf["field"], case))
    made_of = material(leaf, case)
    return OUTSIDE if lacks_rows(leaf["measure"], made_of) else Ranked(MEASURES[leaf["measure"]](made_of))


def population(leaf: Node, case: Case) -> list[Any]:
    """Everybody's known values as of midnight."""
    midnight = replace(case, clock=case.clock.at_midnight)
    everybody = [ranked(leaf, replace(midnight, person_key=person["key"])) for person in case.shop.people]
    return [one.value for one in everybody if one.value is not None]


def reached(mine: Ranked, values: Sequence[Any], operator: str, limit: Any) -> Truth:
    """With fewer people than places everybody is in; in an empty base nobody is."""
    if mine.out:
        return False
    if mine.value is None:
        return None
    if not values:
        return False
    places = ceil(len(values) * number(limit) / 100) if operator in PERCENTS else ceil(number(limit))
    if places > len(values):
        return True
    cut_off = sorted(values, reverse=BEST_FIRST[operator])[places - 1]
    return bool(mine.value >= cut_off if BEST_FIRST[operator] else mine.value <= cut_off)
