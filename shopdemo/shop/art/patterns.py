"""Patterns of cloth, paper and china, for titles that speak of one."""

from __future__ import annotations

import re
from collections.abc import Callable

from shopdemo.shop.art.ink import Ink
from shopdemo.shop.art.shapes import LEAF, box, disc, flower, heart, moved, oval, plain, star, stroke

Marks = Callable[[Ink], str]


def _dots(i: Ink) -> str:
    return disc(10, 10, 5.5, i.light) + disc(30, 30, 5.5, i.light)


def _small_dots(i: Ink) -> str:
    return "".join(disc(x, y, 2.6, i.light) for x, y in ((8, 8), (28, 8), (18, 20), (38, 20), (8, 32), (28, 32)))


def _stripes(i: Ink) -> str:
    return box(0, 0, 10, 40, i.light) + box(20, 0, 10, 40, i.light)


def _gingham(i: Ink) -> str:
    return f'<g fill="{i.light}" opacity=".55">{box(0, 0, 20, 40, i.light)}{box(0, 0, 40, 20, i.light)}</g>'


def _hearts(i: Ink) -> str:
    return heart(10, 11, 17, i.light) + heart(30, 31, 17, i.light)


def _stars(i: Ink) -> str:
    return star(10, 10, 16, i.light) + star(30, 30, 12, i.accent)


def _flowers(i: Ink) -> str:
    return (
        flower(12, 12, 22, i.light, i.accent)
        + flower(32, 31, 16, i.light, i.accent)
        + moved(plain(LEAF, i.dark), 22, 22, 0.2, 40)
        + moved(plain(LEAF, i.dark), 4, 32, 0.18, -20)
    )


def _leaves(i: Ink) -> str:
    return (
        moved(plain(LEAF, i.light), 3, 16, 0.27, -20)
        + moved(plain(LEAF, i.light), 22, 36, 0.27, 20)
        + disc(31, 8, 2.6, i.accent)
        + disc(8, 31, 2.6, i.accent)
    )


def _fruit(i: Ink) -> str:
    def one(x: float, y: float) -> str:
        leaf = plain("M0 -5C2 -12 8 -12 9 -11C8 -6 4 -4 0 -5Z", "#7fa36b")
        return moved(plain("M0 -5C9 -9 11 2 6 8C3 11 -3 11 -6 8C-11 2 -9 -9 0 -5Z", i.light) + leaf, x, y)

    return one(11, 13) + one(31, 32)


def _paisley(i: Ink) -> str:
    def one(x: float, y: float, turn: float) -> str:
        drop = plain("M0 9C-8 9 -9 -1 -2 -5C2 -8 2 -11 6 -12C9 -5 9 8 0 9Z", i.light)
        return moved(drop + disc(0, 3, 2.6, i.accent), x, y, 1, turn)

    return one(10, 12, 0) + one(30, 30, 180)


def _skulls(i: Ink) -> str:
    def one(x: float, y: float) -> str:
        head = oval(0, 0, 7, 6.5, i.light) + box(-3.5, 4, 7, 5, i.light, 1.5)
        return moved(head + disc(-2.6, 0, 1.8, i.deep) + disc(2.6, 0, 1.8, i.deep), x, y)

    return one(11, 11) + one(31, 31)


def _letters(i: Ink) -> str:
    a = stroke("M4 17 10 4 16 17M6.5 12.5H13.500", i.light, 2.4)
    b = stroke("M25 24V37M25 24C33 24 33 30 25 30C35 30 35 37 25 37", i.light, 2.4)
    return a + b


PATTERNS: tuple[tuple[str, Marks], ...] = (
    ("RETROSPOT|POLKADOTS?|POLKA|SPOTTY|SPOTS?|DOTCOM|TOADSTOOL", _dots),
    ("STRIPEY?|STRIPES|STRIPED|CANDY|CIRCUS|DECKCHAIR", _stripes),
    ("GINGHAM|CHECK|TARTAN|PICNIC", _gingham),
    ("HEARTS?|LOVE|SWEETHEART|VALENTINE", _hearts),
    ("SPACEBOY|STARS?|SPACE|CHRISTMAS|XMAS|SNOWFLAKES?", _stars),
    ("APPLES?|STRAWBERR(?:Y|IES)|FRUIT|CHERRY|TUTTI|PEARS?", _fruit),
    ("PAISLEY|BAROQUE|DOILY|DOILEY|SUKI|MORRIS", _paisley),
    ("SKULLS?|PIRATE", _skulls),
    ("ALPHABET|LETTERS?", _letters),
    ("WOODLAND|LEAF|LEAVES|BOTANICAL|FOREST|ANIMALS?|HERB", _leaves),
    ("ROSES?|FLORAL|FLOWERS?|REGENCY|DAISY|BLOSSOM|GARDEN|DOLLY|CHARLOTTE|FOLKART|KASHMIRI|TEATIME", _flowers),
    ("VINTAGE|LACE|SCANDINAVIAN|TRADITIONAL", _small_dots),
)
_PATTERNS = tuple((re.compile(rf"\b(?:{words})\b"), marks) for words, marks in PATTERNS)


def pattern_of(title: str, ink: Ink) -> str:
    """The marks of the first pattern that the title names; "" for a plain thing."""
    return next((marks(ink) for words, marks in _PATTERNS if words.search(title)), "")


def as_pattern(name: str, ink: Ink, marks: str) -> str:
    """A definition that shapes may be filled with: `url(#name)`."""
    return (
        f'<pattern id="{name}" width="40" height="40" patternUnits="userSpaceOnUse" patternTransform="rotate(12)">'
        f'<rect width="40" height="40" fill="{ink.main}"/>{marks}</pattern>'
    )
