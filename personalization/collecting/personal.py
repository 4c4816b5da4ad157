"""What looks like somebody's e-mail, telephone or card number. Such a text is taken for none of a shop's words.

It is a net with holes, wide enough that article numbers (EAN, GTIN, UPC, ISBN) go through.
"""

from __future__ import annotations

import re

EMAIL = re.compile(r"[^\s@<>\"',;:]{1,64}(?:@|%40)[^\s@<>\"',;:]{1,190}\.\w{2,24}", re.IGNORECASE)

CARD = re.compile(r"(?<!\d)[2-6](?:[ -]?\d){12,18}(?!\d)")
"""By the first digits that card schemes have; its check digit decides."""

PHONES = (
    re.compile(r"(?<![\w+])(?:\+|00)[1-9](?:[ ()./-]{0,2}\d){7,13}(?!\d)"),  # +33 6 12 34 56 78, 0048600123456
    re.compile(r"(?<![\w+])\(?0\d{1,4}\)?(?:[ ./-]\d{2,5}){2,5}(?![\d-])"),  # 06 12 34 56 78, (0161) 496 0000
    re.compile(r"(?<![\w+])0\d{9,10}(?!\d)"),  # 0612345678, 07700900123
    re.compile(r"(?<![\w+])1[3-9]\d{9}(?!\d)"),  # of mobiles in China
    re.compile(r"(?<![\w+])\d{3}[ -]\d{3}[ -]\d{3,4}(?![\d-])"),  # 600 123 456, 415-555-0100
)

SHORTEST = 8
"""Digits of a telephone number that leads anywhere."""


def personal_data(text: str) -> str:
    """ "email", "card" or "phone", whichever the text holds; "" for none."""
    if EMAIL.search(text):
        return "email"
    if not any(letter.isdigit() for letter in text):
        return ""
    if any(_is_card(found[0]) for found in CARD.finditer(text)):
        return "card"
    return "phone" if any(_is_phone(found[0]) for phone in PHONES for found in phone.finditer(text)) else ""


def is_email(text: str) -> bool:
    """Whether it holds an e-mail: all that is asked of ids, which may be any number."""
    return EMAIL.search(text) is not None


def masked(text: str) -> str:
    """The text with "…" for all of these."""
    text = EMAIL.sub("…", text)
    text = CARD.sub(lambda found: "…" if _is_card(found[0]) else found[0], text)
    for phone in PHONES:
        text = phone.sub(lambda found: "…" if _is_phone(found[0]) else found[0], text)
    return text


def _is_card(text: str) -> bool:
    digits = _digits(text)
    return _luhn(digits) and not (len(digits) in (13, 14) and _is_gtin(digits))


def _is_phone(text: str) -> bool:
    digits = _digits(text)
    return len(digits) >= SHORTEST and not (len(digits) == 10 and text.isdigit() and _is_isbn(digits))


def _digits(text: str) -> list[int]:
    return [int(letter) for letter in text if letter.isdecimal()]


def _luhn(digits: list[int]) -> bool:
    doubled = (digit * 2 - 9 if digit > 4 else digit * 2 for digit in digits[-2::-2])
    return (sum(doubled) + sum(digits[::-2])) % 10 == 0


def _is_gtin(digits: list[int]) -> bool:
    return (3 * sum(digits[-2::-2]) + sum(digits[::-2])) % 10 == 0


def _is_isbn(digits: list[int]) -> bool:
    return sum((10 - place) * digit for place, digit in enumerate(digits)) % 11 == 0
