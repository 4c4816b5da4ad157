"""Targets in the owner's words, with the marks between words that her language has."""

from __future__ import annotations

from datetime import time

import pytest
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

SAID = {
    "en": {
        "Country: France, Poland",
        "Hours: Monday, Saturday, from 9 a.m. to 5:30 p.m.",
        "Season: winter",
        "Holiday: Black Friday, Christmas",
        "In any of: VIP, New",
    },
    "fr": {
        "Pays\u00a0: France, Pologne",
        "Heures\u00a0: lundi, samedi, de 09:00 à 17:30",
        "Saison\u00a0: hiver",
        "Fête\u00a0: Black Friday, Noël",
        "Dans au moins un de\u00a0: VIP, New",
    },
    "pl": {
        "Kraj: Francja, Polska",
        "Godziny: Poniedziałek, Sobota, od 09:00 do 17:30",
        "Pora roku: zima",
        "Święto: Black Friday, Boże Narodzenie",
        "W co najmniej jednym z: VIP, New",
    },
    "zh-hans": {
        "国家/地区：法国、波兰",
        "时段：星期一、星期六，09:00 至 17:30",
        "季节：冬季",
        "节日：黑色星期五、圣诞节",
        "属于任一：VIP、New",
    },
    "zh-hant": {
        "國家／地區：法國、波蘭",
        "時段：星期一、星期六，09:00 至 17:30",
        "季節：冬季",
        "節日：黑色星期五、聖誕節",
        "屬於任一：VIP、New",
    },
}


@pytest.mark.parametrize("language", SAID)
def test_a_line_for_each_question_in_the_readers_language(language: str) -> None:
    with override(language):
        assert set(target_in_words(TARGET, questions_of(TARGET), NAMES)) == SAID[language]


def test_a_day_or_hours_alone() -> None:
    day, hours = Target(weekdays=frozenset({7})), Target(hours_from=time(9), hours_to=time(0))
    assert target_in_words(day, questions_of(day), {}) == ["Hours: Sunday"]
    assert target_in_words(hours, questions_of(hours), {}) == ["Hours: from 9 a.m. to midnight"]


def test_everyone_is_asked_nothing() -> None:
    assert target_in_words(EVERYONE, questions_of(EVERYONE), {}) == []
