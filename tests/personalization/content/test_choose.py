from __future__ import annotations

from datetime import timedelta

import pytest

from personalization.content.choose import choose, choose_keyed
from personalization.content.snapshot import Content, Words
from tests.personalization.content.making import NOW, Asked, default, slot_of, somebody, variant, words


def chosen(slot, **facts):
    found = choose(slot, somebody(**facts), NOW)
    return found.slug if found else None


def test_the_highest_priority_that_fits_wins():
    slot = slot_of(variant(1, 5, countries=["PL"]), variant(2, 3), variant(3, 4), default())
    assert chosen(slot) == "v3"
    assert chosen(slot, place={"country": "PL"}) == "v1"


def test_of_equal_priority_the_older_wins():
    assert chosen(slot_of(variant(2), variant(1), variant(3))) == "v1"


def test_the_default_comes_last():
    assert chosen(slot_of(variant(1, countries=["PL"]), default())) == "default"
    assert chosen(slot_of(variant(1, -100), default())) == "v1"


def test_without_a_default_there_may_be_nothing():
    assert chosen(slot_of(variant(1, countries=["PL"]))) is None
    assert chosen(slot_of()) is None


def test_a_slot_without_segments_never_asks_for_them():
    asked = Asked(somebody())
    choose(slot_of(variant(1, countries=["PL"]), variant(2, devices=["desktop"]), default()), asked, NOW)
    assert "segments" not in asked.asked


def test_what_follows_the_first_that_fits_is_not_asked():
    asked = Asked(somebody())
    choose(slot_of(variant(1, 2, countries=["FR"]), variant(2, 1, any_segments=["vip"])), asked, NOW)
    assert "segments" not in asked.asked


FRENCH = Content(words={"fr": Words(heading="Bonjour")})


def test_a_variant_without_words_in_the_language_is_passed_over():
    slot = slot_of(variant(1, 5, FRENCH), default())
    assert chosen(slot, language="fr") == "v1"
    assert chosen(slot, language="fr-ca") == "v1"
    assert chosen(slot, language="en") == "default"


def test_english_stands_in_for_languages_but_not_for_chinese():
    slot = slot_of(default())
    assert chosen(slot, language="pl") == "default"
    assert chosen(slot, language="zh-hant") is None
    assert chosen(slot, language="zh-hans") is None


def test_who_wants_it_has_a_chain_of_languages(personalise):
    simplified = slot_of(variant(1, 5, Content(words={"zh-hans": Words(heading="你好")})), default())
    assert chosen(simplified, language="zh-hant") is None
    personalise(CONTENT_FALLBACKS={"zh-hant": ["zh-hans", "en"], "pl": []})
    assert chosen(simplified, language="zh-hant") == "v1"
    assert chosen(slot_of(default()), language="zh-hant") == "default"
    assert chosen(slot_of(default()), language="pl") is None


def test_what_has_no_words_speaks_to_everyone():
    assert chosen(slot_of(variant(1, content=Content(image="/a.webp"))), language="zh-hant") == "v1"


@pytest.mark.parametrize(("ids", "expected"), [({1}, "v1"), ({2}, "v2"), ({3, 1}, "v1"), ({7}, "default"), (set(), "default")])
def test_a_key_names_the_variant(ids, expected):
    slot = slot_of(variant(1, countries=["PL"]), variant(2), default())
    assert choose_keyed(slot, frozenset(ids), "en", NOW).slug == expected


def test_a_key_does_not_bring_back_what_is_over():
    slot = slot_of(variant(1, ends_at=NOW), variant(2, content=words("Salut", "fr")), default())
    assert choose_keyed(slot, frozenset({1, 2}), "en", NOW - timedelta(seconds=1)).slug == "v1"
    assert choose_keyed(slot, frozenset({1, 2}), "en", NOW).slug == "default"
