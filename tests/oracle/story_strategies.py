"""The leaves sequence and pattern, drawn for Hypothesis. Half of them are such as somebody in the shop fulfils, or
nearly: among random ones hardly any would be true."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from .instants import LENGTHS, picked
from .moments import LENGTHS_OF_UNIT, Duration
from .pattern import PATTERNS, Periods, Seen
from .row_test_strategies import ONE_IN_FIVE, ONE_IN_THREE, Facts, Scene, drawn_where, drawn_window
from .rows import EnteredRow, entered_rows

Json = Any

STEPS = st.sampled_from((2, 2, 2, 3))
PERIODS = st.sampled_from((1, 1, 1, 2, 3))
PATTERN = st.sampled_from(tuple(PATTERNS))
CALENDAR_UNITS = ("day", "week", "month", "year")
LENGTHS_OF_PERIODS = [(n, unit) for unit in CALENDAR_UNITS for n in LENGTHS[unit]]
LENGTH_OF_PERIOD = st.sampled_from(LENGTHS_OF_PERIODS)
LENGTH_OF_SEQUENCE = st.sampled_from([(n, unit) for unit in LENGTHS_OF_UNIT for n in LENGTHS[unit]])


def rows_by_person(relations: Sequence[str], scene: Scene) -> list[list[EnteredRow]]:
    """The rows that have come to pass, those of one person together, in the order of their times."""
    together: dict[str, list[EnteredRow]] = {}
    for relation in relations:
        for row in entered_rows(relation, scene.shop):
            if row.person is not None and row.at is not None and row.at <= scene.clock.now:
                together.setdefault(row.person, []).append(row)
    return [sorted(rows, key=lambda row: str(row.at)) for rows in together.values()]


def drawn_step(draw: st.DrawFn, relation: str, facts: Facts) -> dict[str, Json]:
    return {"field": relation, **({"where": drawn_where(draw, relation, facts)} if draw(ONE_IN_FIVE) else {})}


def relations_of_steps(draw: st.DrawFn, facts: Facts) -> list[str]:
    """Any, or those of some rows of one person in the order in which they came."""
    how_many, timed = draw(STEPS), facts.timed()
    people = rows_by_person(sorted(set(timed)), facts.scene) if facts.scene else []
    people = [rows for rows in people if len(rows) >= how_many]
    if not people or draw(ONE_IN_FIVE):
        return [picked(draw, timed) for _ in range(how_many)]
    rows = picked(draw, people)
    places = sorted(draw(st.integers(0, len(rows) - 1)) for _ in range(how_many))
    return [rows[place].relation for place in places]


def drawn_sequence(draw: st.DrawFn, facts: Facts) -> dict[str, Json]:
    relations = relations_of_steps(draw, facts)
    stored: dict[str, Json] = {"kind": "sequence", "steps": [drawn_step(draw, relation, facts) for relation in relations]}
    if draw(st.booleans()):
        n, unit = draw(LENGTH_OF_SEQUENCE)
        stored["within"] = {"n": n, "unit": unit}
    if draw(ONE_IN_FIVE):
        stored["window"] = drawn_window(draw, facts, relations)
    if draw(ONE_IN_THREE):
        stored["not_then"] = drawn_step(draw, picked(draw, facts.timed()), facts)
    return stored


def met(relation: str, name: str, periods: int, scene: Scene | None) -> list[tuple[int, str]]:
    """The lengths of a period with which the pattern holds for somebody."""
    if scene is None:
        return []
    people = [[row.at for row in rows if row.at] for rows in rows_by_person([relation], scene)]
    found = []
    for n, unit in LENGTHS_OF_PERIODS if people else ():
        of_this_length = Periods(scene.clock, Duration(n, unit))
        if any(PATTERNS[name](Seen(times, of_this_length), periods) for times in people):
            found.append((n, unit))
    return found


def drawn_pattern(draw: st.DrawFn, facts: Facts) -> dict[str, Json]:
    timed, name, periods = facts.timed(), draw(PATTERN), draw(PERIODS)
    relation, (n, unit) = picked(draw, timed), draw(LENGTH_OF_PERIOD)
    if not draw(ONE_IN_FIVE):
        # The relation that was drawn if somebody's rows in it show such a pattern, or else another in which they do.
        showing = ((other, met(other, name, periods, facts.scene)) for other in (relation, *sorted(set(timed))))
        relation, lengths = next(((other, found) for other, found in showing if found), (relation, [(n, unit)]))
        n, unit = picked(draw, lengths)
    stored = {"kind": "pattern", **drawn_step(draw, relation, facts), "pattern": name, "period": {"n": n, "unit": unit}}
    return stored if name == "first_time" else {**stored, "periods": periods}
