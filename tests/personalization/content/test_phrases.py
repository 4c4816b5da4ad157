"""Targets in the owner's words, with the marks between words that her language has."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest
import yaml
from django.utils.translation import override

from personalization.content.phrases import target_in_words
from personalization.content.targets import EVERYONE, Target, questions_of

TARGET = Target(
    any_segments=frozenset({"vip", "new"}),
    countries=frozenset({"FR", "PL"}),
    seasons=frozenset({"winter"}),
    holidays=frozenset({"black-friday", "christmas"}),
    weekdays=frozenset({1, 6}),
    hours_from=time(9),
    hours_to=time(17, 30),
)
NAMES = {"vip": "VIP", "new": "New"}

SAID = yaml.safe_load((Path(__file__).parent / "phrases.yaml").read_text())


@pytest.mark.parametrize("language", SAID)
def test_a_line_for_each_question_in_the_readers_language(language: str) -> None:
    with override(language):
        assert set(target_in_words(TARGET, questions_of(TARGET), NAMES)) == set(SAID[language])


def test_a_day_or_hours_alone() -> None:
    day, hours = Target(weekdays=frozenset({7})), Target(hours_from=time(9), hours_to=time(0))
    assert target_in_words(day, questions_of(day), {}) == ["Hours: Sunday"]
    assert target_in_words(hours, questions_of(hours), {}) == ["Hours: from 9 a.m. to midnight"]


def test_everyone_is_asked_nothing() -> None:
    assert target_in_words(EVERYONE, questions_of(EVERYONE), {}) == []
