from __future__ import annotations

import pytest

from personalization.collecting.personal import masked, personal_data


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("anna@example.com", "email"),
        ("Mail to Anna.K+x@shop.co.uk please", "email"),
        ("anna%40example.com", "email"),
        ("安娜@例子.公司", "email"),
        ("4111 1111 1111 1111", "card"),
        ("5500-0000-0000-0004", "card"),
        ("378282246310005", "card"),
        ("call +33 6 12 34 56 78", "phone"),
        ("+886 912-345-678", "phone"),
        ("0048600123456", "phone"),
        ("06 12 34 56 78", "phone"),
        ("(0161) 496 0000", "phone"),
        ("07700900123", "phone"),
        ("13812345678", "phone"),
        ("600 123 456", "phone"),
        ("415-555-0100", "phone"),
    ],
)
def test_what_looks_like_somebodys(text, expected):
    assert personal_data(text) == expected
    assert not any(letter.isdigit() for letter in masked(text).partition("…")[0])


@pytest.mark.parametrize(
    "text",
    [
        "red lamp",
        "lamp @ home",
        "iphone 15 pro",
        "1080 1920",
        "2024-05-06",
        "size 10-12-14",
        "05 06 07",
        "12 x 34 cm",
        "4006381333931",  # EAN-13
        "036000291452",  # UPC
        "9780306406157",  # ISBN-13
        "0306406152",  # ISBN-10
        "4111 1111 1111 1112",  # the check digit is wrong
        "LAMP-0123-4567",
        "٣٤٥",
        "²³",
    ],
)
def test_words_of_a_shop(text):
    assert personal_data(text) == ""
    assert masked(text) == text


def test_only_what_looks_so_is_masked():
    assert masked('{"query": "anna@example.com or 4111 1111 1111 1111", "product": "7"}') == '{"query": "… or …", "product": "7"}'


def test_a_text_made_to_hold_us_up_does_not():
    for piece in ("%40", "a@", "+1 ", "0 1", "4-", "@" * 9):
        masked(piece * 700)
        personal_data(piece * 100)
