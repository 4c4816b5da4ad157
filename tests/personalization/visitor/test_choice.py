"""Which of several words on profiling counts."""

from __future__ import annotations

from itertools import product

import pytest

from personalization.visitor.choice import choice, notice_of, refuses_by_browser, settled, words_of


@pytest.mark.parametrize(("here", "profile", "browser"), list(product((None, True, False), (None, True, False), (False, True))))
def test_a_no_counts_before_a_yes_and_a_yes_before_the_browser(here, profile, browser):
    word = settled(here, profile, browser)
    if False in (here, profile):
        assert word is False
    elif True in (here, profile):
        assert word is True
    else:
        assert word is (False if browser else None)


@pytest.mark.parametrize("said", [None, 5, [], {}, {"words": 5}, {"words": ["profiling"]}, {"words": {"profiling": "yes"}}])
def test_what_makes_no_sense_is_no_word(said):
    assert words_of(said) == {}


def test_what_was_kept_is_read_back():
    said = choice({"profiling": True, "sms": False}, "2")
    assert (words_of(said), notice_of(said)) == ({"profiling": True, "sms": False}, "2")
    assert notice_of(None) == ""


@pytest.mark.parametrize(
    ("headers", "refuses"), [({}, False), ({"Sec-GPC": "1"}, True), ({"DNT": "1"}, True), ({"DNT": "0"}, False)]
)
def test_signals_of_the_browser(headers, refuses):
    assert refuses_by_browser(headers) is refuses
