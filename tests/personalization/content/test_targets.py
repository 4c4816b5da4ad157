from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace

import pytest

from personalization.content.targets import EVERYONE, QUESTIONS, Target, is_open, is_scheduled, questions_of, region_code
from tests.personalization.content.making import NOW, Asked, somebody

MONDAY, TUESDAY, FRIDAY, SATURDAY, SUNDAY = 1, 2, 5, 6, 7


def holds(audience, **parts):
    target = Target(**{name: frozenset(part) if isinstance(part, (list, set)) else part for name, part in parts.items()})
    return all(question.holds(target, audience, NOW) for question in questions_of(target))


def test_an_empty_target_asks_nothing():
    asked = Asked(somebody())
    assert questions_of(EVERYONE) == ()
    assert asked.asked == []


@pytest.mark.parametrize(
    ("part", "fits", "fits_not", "fact"),
    [
        ("countries", ["FR", "PL"], ["PL"], "location"),
        ("regions", ["FR-ARA"], ["FR-IDF", "ES-ARA"], "location"),
        ("seasons", ["summer", "dry"], ["winter"], "season"),
        ("holidays", ["christmas", "fathers-day"], ["christmas"], "holidays"),
        ("devices", ["phone"], ["tablet", "desktop"], "device"),
        ("kinds", ["new"], ["returning", "member"], "kind"),
        ("languages", ["en"], ["fr"], "language"),
        ("any_segments", ["vip", "loyal"], ["loyal"], "segments"),
        ("all_segments", ["vip", "big"], ["vip", "loyal"], "segments"),
        ("no_segments", ["loyal"], ["loyal", "vip"], "segments"),
    ],
)
def test_each_part_holds_or_not_and_asks_for_one_fact(part, fits, fits_not, fact):
    person = somebody(segments=frozenset({"vip", "big"}))
    asked = Asked(person)
    assert holds(asked, **{part: fits})
    assert set(asked.asked) == {fact}
    assert not holds(person, **{part: fits_not})


def test_every_part_of_a_target_has_a_question():
    assert {part for question in QUESTIONS for part in question.parts} == set(Target.__slots__)


def test_all_parts_must_hold():
    assert holds(somebody(), countries=["FR"], devices=["phone"])
    assert not holds(somebody(), countries=["FR"], devices=["desktop"])


@pytest.mark.parametrize("part", ["countries", "regions", "seasons"])
def test_what_is_unknown_is_in_no_list(part):
    nobody = somebody(place={"country": "", "region": "", "city": ""}, season=None)
    assert not holds(nobody, **{part: ["FR", "FR-ARA", "summer"]})


def test_segments_are_asked_last():
    assert [question.name for question in QUESTIONS][-3:] == ["any_segments", "all_segments", "no_segments"]
    asked = Asked(somebody())
    assert not holds(asked, no_segments=["vip"], countries=["PL"])
    assert asked.asked == ["location"]


@pytest.mark.parametrize(
    ("starts", "ends", "expected"),
    [
        (None, None, True),
        (0, None, True),
        (1, None, False),
        (None, 0, False),
        (None, 1, True),
        (-1, 1, True),
    ],
)
def test_dates_begin_with_the_first_moment_and_end_before_the_last(starts, ends, expected):
    moments = [None if seconds is None else NOW + timedelta(seconds=seconds) for seconds in (starts, ends)]
    assert is_scheduled(Target(starts_at=moments[0], ends_at=moments[1]), NOW) is expected


def at(day, clock):
    return datetime.combine(date(2026, 6, day), clock, tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "end", "clock", "expected"),
    [
        (time(9), time(17), time(9), True),
        (time(9), time(17), time(16, 59, 59), True),
        (time(9), time(17), time(17), False),
        (time(9), time(17), time(8, 59), False),
        (time(22), time(2), time(22), True),
        (time(22), time(2), time(23, 59), True),
        (time(22), time(2), time(0), True),
        (time(22), time(2), time(1, 59), True),
        (time(22), time(2), time(2), False),
        (time(22), time(2), time(12), False),
        (time(9), None, time(23), True),
        (time(9), None, time(8), False),
        (None, time(9), time(8), True),
        (None, time(9), time(9), False),
        (time(22), time(0), time(23), True),
        (time(22), time(0), time(0), False),
    ],
)
def test_hours_may_go_over_midnight(start, end, clock, expected):
    assert is_open(Target(hours_from=start, hours_to=end), at(1, clock)) is expected


@pytest.mark.parametrize(
    ("day", "clock", "expected"),
    [
        (5, time(23), True),  # Friday night
        (6, time(1), True),  # the same night
        (6, time(23), False),  # Saturday night
        (5, time(1), False),  # the night that began on Thursday
    ],
)
def test_a_night_belongs_to_the_day_on_which_it_began(day, clock, expected):
    assert is_open(Target(weekdays=frozenset({FRIDAY}), hours_from=time(22), hours_to=time(2)), at(day, clock)) is expected


def test_weekdays_are_those_of_the_visitors_clock():
    assert is_open(Target(weekdays=frozenset({MONDAY})), at(1, time(0)))
    assert not is_open(Target(weekdays=frozenset({SATURDAY, SUNDAY})), at(1, time(0)))


def test_midnight_is_an_hour_like_any_other():
    assert [question.name for question in questions_of(Target(hours_from=time(0)))] == ["hours"]


@pytest.mark.parametrize(
    ("country", "region", "expected"),
    [("FR", "IDF", "FR-IDF"), ("FR", "FR-IDF", "FR-IDF"), ("FR", "idf", "FR-IDF"), ("FR", "", ""), ("", "IDF", "IDF")],
)
def test_a_region_is_told_with_its_country(country, region, expected):
    assert region_code(SimpleNamespace(country=country, region=region)) == expected
