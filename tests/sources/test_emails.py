from __future__ import annotations

import unicodedata

import pytest

from segmentation.sources.emails import fold_email, spellings


@pytest.mark.parametrize("email", ["ann@zoo.test", "ANN@Zoo.Test", "  ann@zoo.test\t"])
def test_fold_email(email):
    assert fold_email(email) == "ann@zoo.test"


def test_fold_email_composes_accents():
    assert fold_email(unicodedata.normalize("NFD", "\u00c9va@zoo.test")) == "\u00e9va@zoo.test"


def test_an_ascii_address_has_one_spelling():
    assert spellings([" Ann@Zoo.test", "ANN@zoo.test", "bob@zoo.test"]) == ["ann@zoo.test", "bob@zoo.test"]


def test_spellings_beyond_ascii_all_mean_the_same():
    found = spellings(["\u00c9va@zoo.test"])

    assert "\u00e9va@zoo.test" in found
    assert "\u00c9va@zoo.test" in found
    assert {fold_email(spelling) for spelling in found} == {"\u00e9va@zoo.test"}


def test_a_sharp_s_is_not_two():
    assert "strasse@zoo.test" not in spellings(["stra\u00dfe@zoo.test"])
