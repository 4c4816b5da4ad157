from __future__ import annotations

import sys
from datetime import date, timedelta

import pytest
from django.utils.translation import get_language, override
from holidays.calendars.chinese import _ChineseLunisolar
from holidays.calendars.hindu import _HinduLunisolar
from hypothesis import given, settings
from hypothesis import strategies as st

from personalization.visitor import holidays, moon, public_days
from personalization.visitor.countries import COUNTRIES
from personalization.visitor.holidays import Holiday, holidays_around
from personalization.visitor.retail_days import EVERYWHERE, RETAIL_DAYS


@pytest.fixture
def _afresh():
    """Forget years before and after."""
    holidays_around.cache_clear()
    holidays._year.cache_clear()
    yield
    holidays_around.cache_clear()
    holidays._year.cache_clear()


def slugs(country, day, region=""):
    return [holiday.slug for holiday in holidays_around(country, region, date.fromisoformat(day), "en")]


@pytest.mark.parametrize(
    ("country", "day", "expected"),
    [
        ("GB", "2026-11-20", ["black-friday"]),
        ("GB", "2026-11-27", ["black-friday", "cyber-monday", "christmas"]),
        ("GB", "2026-12-25", ["christmas", "boxing-day"]),
        ("GB", "2026-12-29", ["boxing-day", "new-year"]),
        ("GB", "2026-07-01", []),
        ("PL", "2026-01-15", ["grandmothers-day", "grandfathers-day"]),
        ("PL", "2026-12-01", ["saint-nicholas", "christmas"]),
        ("PL", "2026-05-23", ["pentecost", "mothers-day", "childrens-day"]),
        ("FR", "2026-01-20", ["winter-sales"]),
        ("FR", "2026-07-10", ["summer-sales", "national-day"]),
        ("FR", "2026-05-20", ["pentecost-monday", "mothers-day"]),
        ("TW", "2026-09-22", ["mid-autumn", "confucius-birthday", "teachers-day"]),
        ("TW", "2026-11-05", ["singles-day"]),
        ("CN", "2026-02-10", ["valentines-day", "chinese-new-years-eve", "lunar-new-year"]),
        ("AU", "2026-01-22", ["australia-day", "back-to-school"]),
        ("AU", "2026-09-01", ["fathers-day"]),
        ("US", "2026-11-20", ["thanksgiving", "black-friday"]),
        ("IN", "2026-11-01", ["diwali"]),
        ("IN", "2026-11-09", ["diwali"]),
        ("IN", "2026-11-10", []),
        ("SA", "2026-12-20", []),
    ],
)
def test_holidays_near_a_day(country, day, expected):
    assert slugs(country, day) == expected


@pytest.mark.parametrize(
    ("slug", "country", "first", "last"),
    [
        ("christmas", "PL", "2026-11-24", "2026-12-26"),
        ("new-year", "PL", "2026-12-26", "2027-01-01"),
        ("valentines-day", "FR", "2026-01-31", "2026-02-14"),
        ("back-to-school", "PL", "2026-08-04", "2026-09-07"),
        ("epiphany", "ES", "2027-01-01", "2027-01-06"),
        ("corpus-christi", "PL", "2026-05-28", "2026-06-04"),  # a public one: a week
    ],
)
def test_a_window_opens_and_closes(slug, country, first, last):
    day, around = date.fromisoformat(first) - timedelta(40), []
    while day < date.fromisoformat(last) + timedelta(40):
        if slug in slugs(country, day.isoformat()):
            around.append(day.isoformat())
        day += timedelta(1)

    assert (around[0], around[-1]) == (first, last)
    assert len(around) == (date.fromisoformat(last) - date.fromisoformat(first)).days + 1


def test_a_holiday_has_its_day():
    (found,) = holidays_around("AU", "", date(2026, 9, 1), "en")

    assert found == Holiday("fathers-day", "Father's Day", date(2026, 9, 6))


def test_a_region_has_holidays_of_its_own():
    assert "anzac-day" in slugs("AU", "2026-04-22", "NSW")
    assert "saint-andrews-day" in slugs("GB", "2026-11-28", "SCT")
    assert "saint-andrews-day" not in slugs("GB", "2026-11-28", "ENG")
    assert "saint-andrews-day" not in slugs("GB", "2026-11-28", "")
    assert slugs("GB", "2026-11-28", "nonsense") == slugs("GB", "2026-11-28", "")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("pl", "Dzień Bożego Ciała"),
        ("en", "Corpus Christi"),
        ("fr", "Corpus Christi"),
        ("zh-hant", "Corpus Christi"),
        ("de", "Fronleichnam"),
    ],
)
def test_a_public_holiday_has_its_name_in_the_languages_of_the_country_else_in_english(language, expected):
    found = {holiday.slug: holiday.name for holiday in holidays_around("PL", "", date(2026, 6, 4), language)}

    assert found["corpus-christi"] == expected


@pytest.mark.parametrize(
    ("country", "language", "expected"),
    [("TW", "zh-hant", "端午節"), ("CN", "zh-hans", "端午节"), ("HK", "zh-hant", "端午節"), ("TW", "en", "Dragon Boat Festival")],
)
def test_chinese_is_written_in_the_script_that_is_asked_for(country, language, expected):
    found = {holiday.slug: holiday.name for holiday in holidays_around(country, "", date(2026, 6, 19), language)}

    assert found["dragon-boat-festival"] == expected


def test_slugs_are_the_same_in_every_language():
    for language in ("en", "pl", "fr", "zh-hant", "zh-hans", "xx"):
        assert {each.slug for each in holidays_around("PL", "", date(2026, 6, 4), language)} >= {"corpus-christi"}


@pytest.mark.usefixtures("_afresh")
def test_our_names_are_translated_into_the_language_that_is_asked_for(monkeypatch):
    from django.utils.functional import lazystr

    class Spoken:
        def __str__(self):
            return f"in {get_language()}"

    christmas = next(retail for retail in RETAIL_DAYS if retail.slug == "christmas")
    monkeypatch.setattr(holidays, "RETAIL_DAYS", [type(christmas)(**{**vars(christmas), "name": lazystr(Spoken())})])
    with override("pl"):
        assert holidays_around("TW", "", date(2026, 12, 10), "fr")[-1].name == "in fr"
        assert get_language() == "pl"


@pytest.mark.parametrize("country", ["", "XX", "EU", "gbr", "F" * 100_000])
def test_nowhere_has_no_holidays(country):
    assert holidays_around(country, "", date(2026, 12, 25), "en") == ()


@pytest.mark.usefixtures("_afresh")
def test_a_country_that_the_library_does_not_know_has_ours(monkeypatch):
    import holidays as library

    def unknown(*args, **kwargs):
        raise NotImplementedError

    monkeypatch.setattr(library, "country_holidays", unknown)
    assert slugs("PL", "2026-06-20") == ["fathers-day"]
    assert slugs("PL", "2026-06-04") == []


@pytest.mark.usefixtures("_afresh")
def test_a_library_that_fails_is_logged_and_ours_are_told(monkeypatch, caplog):
    import holidays as library

    def broken(*args, **kwargs):
        raise ZeroDivisionError

    monkeypatch.setattr(library, "country_holidays", broken)
    assert slugs("PL", "2026-06-20") == ["fathers-day"]
    assert "Public holidays of PL in 2026 cannot be told" in caplog.text


@pytest.mark.usefixtures("_afresh")
def test_without_the_library_ours_are_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "holidays", None)

    assert slugs("PL", "2026-06-20") == ["fathers-day"]
    assert slugs("PL", "2026-06-04") == []


@pytest.mark.usefixtures("_afresh")
def test_a_year_is_computed_once(monkeypatch):
    asked = []
    really = public_days.public_days
    monkeypatch.setattr(holidays, "public_days", lambda *args: asked.append(args) or really(*args))
    for day in range(1, 29):
        holidays_around("PL", "", date(2026, 6, day), "pl")

    assert asked == [("PL", "", year, "pl") for year in (2025, 2026, 2027)]


def test_no_day_is_told_twice():
    for country in COUNTRIES:
        found = slugs(country, "2026-12-24")
        assert len(found) == len(set(found)), country


def test_every_country_on_every_day_of_a_year():
    """In one language; the years are computed once a country."""
    for country in COUNTRIES:
        for step in range(0, 365, 3):
            found = holidays_around(country, "", date(2026, 1, 1) + timedelta(step), "en")
            assert all(holiday.slug and holiday.name for holiday in found)


@settings(max_examples=150, deadline=None)
@given(
    country=st.one_of(st.sampled_from(sorted(COUNTRIES)), st.text(max_size=4)),
    region=st.text(max_size=5),
    day=st.dates(),
    language=st.one_of(st.sampled_from(["en", "pl", "fr", "zh-hant", "zh-hans"]), st.text("abcxyz-_", max_size=8)),
)
def test_nothing_makes_it_raise(country, region, day, language):
    for holiday in holidays_around(country, region, day, language):
        assert holiday.slug
        assert isinstance(holiday.date, date)


def test_slugs_are_ours_and_countries_are_countries():
    assert len({retail.slug for retail in RETAIL_DAYS}) == len(RETAIL_DAYS)
    for retail in RETAIL_DAYS:
        listed = [country for countries, _ in retail.rules if countries != EVERYWHERE for country in countries.split()]
        assert len(listed) == len(set(listed)), retail.slug
        assert {*listed, *retail.but.split()} <= COUNTRIES, retail.slug
        assert retail.but == "" or retail.rules[-1][0] == EVERYWHERE, retail.slug


def test_a_public_name_stands_for_a_day_of_ours():
    assert set(public_days.SAME_AS.values()) <= {retail.slug for retail in RETAIL_DAYS}


def test_days_of_the_moon_are_those_of_the_almanacs():
    chinese, hindu = _ChineseLunisolar(), _HinduLunisolar()
    for year in range(2020, 2036):
        assert moon.LUNAR_NEW_YEAR[year] == chinese.lunar_new_year_date(year)[0]
        assert moon.MID_AUTUMN[year] == chinese.mid_autumn_date(year)[0]
        assert moon.DIWALI[year] == hindu.diwali_india_date(year)[0]
        # The 7th of the 7th month is a month and eight days before the 15th of the 8th; months have 29 or 30 days.
        assert (moon.MID_AUTUMN[year] - moon.QIXI[year]).days in (37, 38)
    for table in (moon.LUNAR_NEW_YEAR, moon.QIXI, moon.MID_AUTUMN, moon.DIWALI):
        assert table.keys() == set(range(2020, 2036))
