from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from . import OracleShop, Prior, Standing, leaf_truths, members, truth
from .prior import EXCLUDED, INCLUDED
from .worlds import ALICE, all_of, at, attribute, days, hours, rule, shop

NOW = at("2024-06-12T10:00")
BEFORE = at("2024-06-01T10:00")
FRENCH = rule(attribute("country", "=", "FR"))
FROM_FRANCE, FROM_POLAND, FROM_NOWHERE = shop(country="FR"), shop(country="PL"), shop()


def member(operator: str, **more: Any) -> dict[str, Any]:
    return {"kind": "member", "segment": "french", "operator": operator, **more}


def stored(since: datetime | None = None, left: datetime | None = None, word: str | None = None, **more: Any) -> Prior:
    """How Alice stood to the segment "french"."""
    return Prior(standings={("french", ALICE): Standing(since, left, word)}, **more)


def asked(leaf: dict[str, Any], prior: Prior, world: OracleShop = FROM_FRANCE) -> bool | None:
    return truth(rule(leaf), world, ALICE, NOW, prior)


TOGETHER = {"french": FRENCH}


@pytest.mark.parametrize(
    ("prior", "world", "is_member"),
    [
        (Prior(), FROM_FRANCE, False),
        (stored(), FROM_FRANCE, False),
        # Not asked now: as it is stored, whatever its rule would say.
        (stored(since=BEFORE), FROM_POLAND, True),
        (stored(left=BEFORE), FROM_FRANCE, False),
        # Asked now: its new answer.
        (stored(definitions=TOGETHER), FROM_FRANCE, True),
        (stored(since=BEFORE, definitions=TOGETHER), FROM_POLAND, False),
        # Unknown is no member.
        (stored(since=BEFORE, definitions=TOGETHER), FROM_NOWHERE, False),
        # The owner's word is on top.
        (stored(word=INCLUDED, definitions=TOGETHER), FROM_POLAND, True),
        (stored(since=BEFORE, word=EXCLUDED, definitions=TOGETHER), FROM_FRANCE, False),
        (stored(word=INCLUDED), FROM_POLAND, True),
    ],
)
def test_membership(prior: Prior, world: OracleShop, is_member: bool) -> None:
    assert asked(member("in"), prior, world) is is_member
    assert asked(member("not_in"), prior, world) is not is_member


@pytest.mark.parametrize(
    ("since", "length", "expected"),
    [
        # Days end with the midnight of the last, whatever the hour of the entry.
        ("2024-06-05T22:59", days(7), True),
        ("2024-06-05T23:00", days(7), False),
        ("2024-06-04T23:00", days(7), True),
        ("2024-05-12T20:00", {"n": 1, "unit": "month"}, True),
        ("2024-05-12T23:00", {"n": 1, "unit": "month"}, False),
        # Hours elapse, and sub-seconds are not seen.
        ("2024-06-12T08:00:00.9", hours(2), True),
        ("2024-06-12T08:00:01", hours(2), False),
    ],
)
def test_so_long_a_member(since: str, length: dict[str, Any], expected: bool) -> None:
    assert asked(member("in", for_at_least=length), stored(since=at(since))) is expected
    assert asked(member("not_in", for_at_least=length), stored(since=at(since))) is False
    # The same of the last exit.
    assert asked(member("not_in", for_at_least=length), stored(left=at(since))) is expected
    assert asked(member("in", for_at_least=length), stored(left=at(since))) is False


def test_never_in_is_out_for_any_time() -> None:
    assert asked(member("not_in", for_at_least=days(10_000)), Prior()) is True


def test_who_enters_or_leaves_in_this_evaluation_does_so_now() -> None:
    entering = stored(left=BEFORE, definitions=TOGETHER)
    assert asked(member("in"), entering) is True
    assert asked(member("in", for_at_least=hours(1)), entering) is False
    assert asked(member("in", for_at_least=hours(0)), entering) is True
    assert asked(member("in", entered={"last": 1, "unit": "minute"}), entering) is True
    leaving = stored(since=BEFORE, definitions=TOGETHER)
    assert asked(member("not_in"), leaving, FROM_POLAND) is True
    assert asked(member("not_in", for_at_least=hours(1)), leaving, FROM_POLAND) is False
    staying = stored(since=BEFORE, definitions=TOGETHER)
    assert asked(member("in", for_at_least=days(11)), staying) is True


def test_the_entry_may_be_asked_for_a_window() -> None:
    prior = stored(since=BEFORE)
    assert asked(member("in", entered={"last": 11, "unit": "day"}), prior) is True
    assert asked(member("in", entered={"last": 10, "unit": "day"}), prior) is False
    assert asked(member("in", entered={"previous": "month"}), prior) is False
    assert asked(member("in", entered={"since": "2024-06-01"}, for_at_least=days(12)), prior) is False
    assert asked(member("in", entered={"last": 11, "unit": "day"}), stored(left=BEFORE)) is False


def test_segments_are_asked_through_one_another() -> None:
    """c asks for b, b asks for those not in a: each with its own memory."""
    definitions = {
        "a": FRENCH,
        "b": rule({"kind": "member", "segment": "a", "operator": "not_in"}),
        "c": rule(all_of({"kind": "member", "segment": "b", "operator": "in"}, **{"not": True})),
    }
    prior = Prior("c", definitions)
    assert truth(definitions["c"], FROM_FRANCE, ALICE, NOW, prior) is True
    assert truth(definitions["c"], FROM_POLAND, ALICE, NOW, prior) is False
    # Unknown to a means no member of a.
    assert members(definitions["b"], FROM_NOWHERE, NOW, prior.of("b")) == {ALICE}
    assert leaf_truths(definitions["c"], FROM_POLAND, ALICE, NOW, prior) == {"/rules/0/rules/0": True}


def test_the_owners_word_on_the_segment_at_hand_is_not_in_its_truth() -> None:
    prior = stored(word=EXCLUDED, definitions=TOGETHER, slug="french")
    assert truth(FRENCH, FROM_FRANCE, ALICE, NOW, prior) is True
