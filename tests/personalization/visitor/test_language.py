from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from personalization.visitor.language import canonical, languages_of, suggest_language

OFFERED = ("en", "zh-hant", "zh-hans", "pl", "fr")


@pytest.mark.parametrize(
    ("accepted", "country", "current", "expected"),
    [
        ("fr-FR,fr;q=0.9,en;q=0.8", "FR", "en", "fr"),
        ("pl", "GB", "en", "pl"),
        ("en,pl;q=0.9", "GB", "pl", "en"),
        ("en;q=0.1,pl;q=0.9", "GB", "en", "pl"),
        ("de,fr;q=0.5", "DE", "en", "fr"),
        ("fr-CA", "CA", "en", "fr"),
        ("zh-TW", "", "en", "zh-hant"),
        ("zh-HK", "", "en", "zh-hant"),
        ("zh-MO", "", "en", "zh-hant"),
        ("zh-Hant-HK", "", "en", "zh-hant"),
        ("zh-CN", "", "en", "zh-hans"),
        ("zh-SG", "", "en", "zh-hans"),
        ("zh-CN", "TW", "zh-hant", "zh-hans"),
        ("zh", "TW", "en", "zh-hant"),
        ("zh", "HK", "en", "zh-hant"),
        ("zh", "", "en", "zh-hans"),
    ],
)
def test_what_the_browser_asks_for_comes_first(accepted, country, current, expected):
    assert suggest_language(accepted, country, OFFERED, current) == expected


@pytest.mark.parametrize(
    ("accepted", "country", "current", "expected"),
    [
        ("en-US,en;q=0.9", "FR", "en", "fr"),
        ("en-US,en;q=0.9", "PL", "en", "pl"),
        ("en-US,en;q=0.9", "TW", "en", "zh-hant"),
        ("en-US,en;q=0.9", "CN", "en", "zh-hans"),
        ("", "PL", "en", "pl"),
        ("*", "PL", "en", "pl"),
        ("de", "BE", "en", "fr"),  # neither German nor Dutch is offered
        ("", "SG", "fr", "en"),
    ],
)
def test_then_what_is_spoken_in_the_country(accepted, country, current, expected):
    assert suggest_language(accepted, country, OFFERED, current) == expected


@pytest.mark.parametrize(
    ("accepted", "country", "current"),
    [
        ("fr", "FR", "fr"),
        ("en-AU", "AU", "en"),
        ("en", "HK", "en"),  # English is official there as well
        ("en", "CA", "en"),
        ("en,fr;q=0", "FR", "en"),
        ("de", "DE", "en"),
        ("en", "XX", "en"),
        ("", "", "en"),
        ("zh-HK", "TW", "zh-hant"),
    ],
)
def test_nothing_is_suggested_where_nothing_fits_better(accepted, country, current):
    assert suggest_language(accepted, country, OFFERED, current) == ""


def test_only_what_is_offered_is_suggested():
    assert suggest_language("fr,pl;q=0.5", "FR", ("en", "pl"), "en") == "pl"
    assert suggest_language("fr", "FR", (), "en") == ""


def test_the_older_names_of_chinese_are_offered_as_they_are_spelled():
    assert suggest_language("zh-HK", "", ("en", "zh-tw", "zh-cn"), "en") == "zh-tw"


def test_one_chinese_is_no_stand_in_for_the_other():
    assert suggest_language("zh-TW", "", ("en", "zh-hans"), "en") == ""


@pytest.mark.parametrize(
    ("tag", "country", "expected"),
    [
        ("zh_Hant_TW", "", "zh-hant"),
        ("ZH-hans", "TW", "zh-hans"),
        ("zh-my", "", "zh-hans"),
        ("zh", "MO", "zh-hant"),
        ("pt-BR", "", "pt-br"),
        ("", "", ""),
    ],
)
def test_tags_are_written_in_one_way(tag, country, expected):
    assert canonical(tag, country) == expected


def test_official_languages_begin_with_the_most_spoken():
    assert languages_of("BE") == ("nl", "fr", "de")
    assert languages_of("TW")[0] == "zh-hant"
    assert languages_of("XX") == languages_of("") == ()


@pytest.mark.parametrize("header", ["fr," * 50_000, "f" * 100_000, "fr;q=" + "9" * 100_000, ";" * 100_000, "-" * 100_000])
def test_a_header_of_100_kb_does_no_harm(header):
    assert suggest_language(header, "PL", OFFERED, "en") in ("fr", "pl")


@given(header=st.text(max_size=200), country=st.text(max_size=4), current=st.text(max_size=8))
def test_no_header_makes_it_raise(header, country, current):
    assert suggest_language(header, country, OFFERED, current) in ("", *OFFERED)


def test_without_babel_the_browser_alone_is_asked(monkeypatch):
    monkeypatch.setitem(sys.modules, "babel.languages", None)
    languages_of.cache_clear()
    try:
        assert suggest_language("en", "PL", OFFERED, "en") == ""
        assert suggest_language("fr", "PL", OFFERED, "en") == "fr"
    finally:
        languages_of.cache_clear()
