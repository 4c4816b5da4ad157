"""Sequences by hand, and against trying all combinations of rows."""

from __future__ import annotations

import random
from itertools import pairwise, product

import numpy as np
import pytest

from segmentation.kernel.sequences import Steps, sequence


def steps(relation, *rows):
    """(row, customer, time) of the rows that a step may take."""
    found = np.array(sorted(rows), np.int64).reshape(-1, 3)
    return Steps(relation, found[:, 0], found[:, 1], found[:, 2])


def alone(*asked, within=None, then=None):
    """Whether the only customer has a match."""
    return sequence(asked, within, then, 1).tolist() == [True]


def times(relation, *moments):
    """Rows of the only customer at these times."""
    return steps(relation, *((row, 0, time) for row, time in enumerate(moments)))


def test_one_after_the_other():
    assert alone(times("adds", 1), times("checkouts", 5))
    assert alone(times("adds", 5), times("checkouts", 5))
    assert not alone(times("adds", 6), times("checkouts", 5))
    assert not alone(times("adds"), times("checkouts", 5))
    assert not alone(times("adds", 1), times("checkouts"))


def test_within_is_from_the_first_row_to_the_last():
    adds, checkouts = times("adds", 1, 50), times("checkouts", 10, 61)

    assert alone(adds, checkouts, within=9)
    assert not alone(adds, checkouts, within=8)


def test_rows_of_one_relation_are_distinct_and_in_their_order():
    assert not alone(times("orders", 5), times("orders", 5))
    assert alone(times("orders", 5, 5), times("orders", 5, 5))
    assert not alone(steps("orders", (1, 0, 5)), steps("orders", (0, 0, 5)))


def test_a_row_is_not_taken_twice_around_another_relation():
    assert not alone(times("orders", 5), times("events", 5), times("orders", 5))
    assert alone(times("orders", 5, 5), times("events", 5), times("orders", 5, 5))
    assert alone(times("orders", 5), times("events", 5), times("orders", 5, 6))


def test_nothing_may_follow():
    adds, checkouts = times("adds", 1), times("checkouts", 5)

    assert alone(adds, checkouts, then=times("orders", 4))
    assert not alone(adds, checkouts, then=times("orders", 5))
    assert not alone(adds, checkouts, then=times("orders", 9))


def test_a_later_match_that_nothing_follows_is_found():
    adds = times("adds", 1, 7)

    assert alone(adds, times("checkouts", 5, 8), then=times("orders", 6))
    assert not alone(adds, times("checkouts", 5, 8), within=0, then=times("orders", 6))


def test_what_follows_in_the_last_steps_relation_stands_later_in_its_order():
    adds = times("adds", 1)

    assert alone(adds, steps("events", (3, 0, 5)), then=steps("events", (2, 0, 5)))
    assert not alone(adds, steps("events", (3, 0, 5)), then=steps("events", (4, 0, 5)))


def test_customers_are_kept_apart():
    adds, checkouts = steps("adds", (0, 0, 1), (1, 1, 9)), steps("checkouts", (0, 1, 5), (1, 2, 5))

    assert sequence([adds, checkouts], None, None, 3).tolist() == [False, False, False]
    assert sequence([adds, steps("checkouts", (0, 0, 1), (1, 1, 10))], None, None, 3).tolist() == [True, True, False]


def test_nobody():
    assert sequence([times("adds"), times("events"), times("adds")], 5, times("orders"), 0).tolist() == []


def tried(asked, within, then, customer):
    """All combinations of rows."""
    hers = [[(step.relation, *row) for row in rows(step) if row[1] == customer] for step in asked]
    return any(is_match(taken, within, then) for taken in product(*hers))


def rows(step):
    return list(zip(step.rows.tolist(), step.customers.tolist(), step.times.tolist(), strict=True))


def is_match(taken, within, then):
    moments = [time for *_, time in taken]
    in_order = all(a <= b for a, b in pairwise(moments))
    distinct = all(one[1] < two[1] for place, one in enumerate(taken) for two in taken[place + 1 :] if one[0] == two[0])
    if not in_order or not distinct or (within is not None and moments[-1] - moments[0] > within):
        return False
    relation, row, customer, time = taken[-1]
    after = [] if then is None else [found for found in rows(then) if found[1] == customer]
    return not any(found[0] > row if then.relation == relation else found[2] >= time for found in after)


@pytest.mark.parametrize("seed", range(600))
def test_against_trying_everything(seed):
    dice = random.Random(seed)
    relations = {}
    for name in "AB":
        moments = sorted(dice.choices(range(5), k=dice.randrange(7)))
        relations[name] = [(row, dice.randrange(3), moment) for row, moment in enumerate(moments)]
    names = [dice.choice("AB") for _ in range(dice.randrange(2, 5))]
    asked = [steps(name, *(row for row in relations[name] if dice.random() < 0.8)) for name in names]
    last = dice.choice("AB")
    then = steps(last, *(row for row in relations[last] if dice.random() < 0.5)) if dice.random() < 0.5 else None
    within = dice.choice([None, 0, 1, 2, 3])

    assert sequence(asked, within, then, 3).tolist() == [tried(asked, within, then, customer) for customer in range(3)]
