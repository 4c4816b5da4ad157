from __future__ import annotations

from . import Prior, Standing
from .worlds import at

SINCE = at("2024-06-01T10:00")


def test_a_standing_is_known_by_segment_and_person() -> None:
    prior = Prior(standings={("vip", "user:1"): Standing(SINCE)})
    assert prior.standing("vip", "user:1").member is True
    assert prior.standing("vip", "user:2") == Standing()
    assert prior.standing("late", "user:1").member is False


def test_the_own_standing_is_that_to_the_segment_at_hand() -> None:
    prior = Prior(standings={("vip", "user:1"): Standing(SINCE)})
    assert prior.own("user:1") == Standing()
    assert prior.of("vip").own("user:1") == Standing(SINCE)
    assert prior.of("late").own("user:1") == Standing()
    assert prior.of("vip").standings == prior.standings
