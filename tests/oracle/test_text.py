from __future__ import annotations

import unicodedata

import pytest

from .text import fold


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        ("FR", "fr"),
        ("  Fr\t\n", "fr"),
        ("\u00a0Paris\u2003", "paris"),
        ("a  b", "a  b"),
        ("Straße", "strasse"),
        ("ORLE\u0301ANS", "orléans"),
        ("ΣΊΣΥΦΟΣ", "σίσυφοσ"),
        ("ﬁn", "fin"),
        ("İ", "i\u0307"),
        ("\u0131", "\u0131"),
        (" \u00a0 ", ""),
    ],
)
def test_texts_are_folded_and_trimmed(raw: str, folded: str) -> None:
    assert fold(raw) == folded


@pytest.mark.parametrize("raw", ["\u01f0", "J\u030c", "j\u030c"])
def test_casefold_may_decompose_and_the_form_is_restored(raw: str) -> None:
    assert "\u01f0".casefold() == "j\u030c"
    assert fold(raw) == "\u01f0"


def test_accents_are_kept() -> None:
    assert fold("Łódź") == "łódź"
    assert fold("Łódź") != fold("Lodz")
    assert fold(unicodedata.normalize("NFD", "Łódź")) == "łódź"
