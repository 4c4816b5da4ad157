"""The scores of people as columns."""

from __future__ import annotations

from collections.abc import Callable, Collection
from itertools import groupby
from operator import itemgetter

import numpy as np

from segmentation.conf import conf
from segmentation.facts.scores import PREFIX
from segmentation.kernel.columns import MISSING, Column, Numbers
from segmentation.models import Score
from segmentation.models.score import DECIMALS
from segmentation.store.people import NOBODY, People

ReadScores = Callable[[People, Collection[str]], dict[str, Column]]
"""(people, full names) -> the column of each score."""

_UNIT = 10**DECIMALS


def read_scores(people: People, names: Collection[str]) -> dict[str, Column]:
    """The score of each person by full name, of a score that nobody has too; one query for all, none for no names."""
    found = {name: np.full(people.size, MISSING, np.int64) for name in names}
    if found:
        bare = [name.removeprefix(PREFIX) for name in names]
        rows = people.rows_of(Score.objects.filter(kind__shop=conf.shop, kind__name__in=bare))
        told = rows.order_by("kind_id").values_list("kind__name", "profile_id", "value").iterator(chunk_size=10_000)
        for bare_name, group in groupby(told, key=itemgetter(0)):
            scores = [(profile, int(value * _UNIT)) for _, profile, value in group]
            places = people.places([profile for profile, _ in scores])
            there = places != NOBODY
            found[f"{PREFIX}{bare_name}"][places[there]] = np.array([value for _, value in scores], np.int64)[there]
    return {name: Numbers(values) for name, values in found.items()}
