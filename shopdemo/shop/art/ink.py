"""Colours: each category has a wall, a floor and inks that go with them; words of the title have the last say."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

CREAM = "#fdf6ea"
SNOW = "#fffdf8"


@dataclass(frozen=True)
class Ink:
    """The colours of one thing. `surface` is what its largest part is filled with: the main colour, or a pattern on it."""

    main: str
    dark: str
    light: str
    accent: str
    deep: str
    surface: str = ""

    @property
    def fill(self) -> str:
        """What to fill the largest part with."""
        return self.surface or self.main


@dataclass(frozen=True)
class Room:
    """Where the thing stands: `inks` are keys of `INKS`, of which the stock code chooses one where the title names none."""

    wall: str
    far: str
    floor: str
    leaf: str
    inks: tuple[str, ...]


INKS = {
    "red": Ink("#c9473f", "#98302d", "#f0a199", "#f3c25b", "#4f1c20"),
    "pink": Ink("#e68aa2", "#c26181", "#f9cfd8", "#b5344f", "#5b2439"),
    "blue": Ink("#5b8fb9", "#3b6a93", "#bfd9e8", "#f2b84b", "#1f3a54"),
    "green": Ink("#6f9a6d", "#4b744e", "#c6dbb9", "#d9674e", "#26402d"),
    "mint": Ink("#7dbdae", "#549687", "#cfe9e0", "#e98a74", "#22493f"),
    "yellow": Ink("#eebb4d", "#c8922d", "#fae5ab", "#c9473f", "#5a3f14"),
    "orange": Ink("#e0813f", "#b45f26", "#f7c79b", "#3f6f73", "#54290f"),
    "purple": Ink("#8f73ab", "#6a5087", "#d7c8e4", "#efb35a", "#35244a"),
    "white": Ink("#fbf5ea", "#ddcfbd", "#ffffff", "#c46a5c", "#5c4a41"),
    "black": Ink("#4a4549", "#322e32", "#8b8388", "#d9a04b", "#1b191b"),
    "silver": Ink("#c3cad0", "#919ca6", "#eef1f3", "#6f8fae", "#3a444d"),
    "gold": Ink("#d9ae5b", "#ac8335", "#f4e0ad", "#8c3b4a", "#4c3813"),
    "wood": Ink("#bd8a5b", "#93653c", "#e3c19c", "#6d8b62", "#4a2f1a"),
    "chocolate": Ink("#84573f", "#5f3c2a", "#c49a7d", "#e6a9ae", "#341e13"),
    "plum": Ink("#8d3a55", "#692640", "#d9a1b1", "#e7b45a", "#3a1223"),
    "teal": Ink("#3f7f86", "#2b5c62", "#a9d0d0", "#ec9a6b", "#143438"),
}

PALE = frozenset({"white", "silver"})
"""Inks that want a darker wall."""

WORDS: tuple[tuple[str, str], ...] = (
    ("PINK|SWEETHEART|STRAWBERR|CHERRY BLOSSOM|FAIRY", "pink"),
    ("RED|RETROSPOT|TOADSTOOL|SANTA|CHERRY|LONDON", "red"),
    ("BLUE|SPACEBOY|SKY|NAUTICAL|SEASIDE|UNION JACK", "blue"),
    ("GREEN|WOODLAND|BOTANICAL|LEAF|APPLE|OLIVE|HERB", "green"),
    ("MINT|TURQUOISE|AQUA|TEAL", "mint"),
    ("YELLOW|LEMON|PANTRY|CHICK|HONEY", "yellow"),
    ("ORANGE|TANGERINE|PUMPKIN|AMBER", "orange"),
    ("PURPLE|AMETHYST|LILAC|LAVENDER|VIOLET|MAUVE", "purple"),
    ("BLACK|SKULLS?|SLATE|JET|CHALKBOARD|BLACKBOARD", "black"),
    ("IVORY|WHITE|CREAM|PEARL|LACE|DOILEY|DOILY|PORCELAIN", "white"),
    ("SILVER|ZINC|METAL|GLASS|CRYSTAL|DIAMANTE|MIRROR(?:ED)?|CHROME|STEEL|ENAMEL", "silver"),
    ("GOLD|BRASS|REGENCY|BAROQUE|ANTIQUE", "gold"),
    ("CHOCOLATE|COFFEE|CHOC", "chocolate"),
    ("WOOD(?:EN)?|WICKER|NATURAL|RUSTIC|JUTE|CORK|BAMBOO|OAK|BROWN", "wood"),
)
_WORDS = tuple((re.compile(rf"\b(?:{words})\b"), ink) for words, ink in WORDS)

ROOMS = {
    "christmas": Room("#e9efe6", "#d3dfd0", "#b9cbb8", "#7d9c7f", ("red", "green", "gold", "red")),
    "jewellery-accessories": Room("#f3e6ea", "#e8d2da", "#d9bcc8", "#c08fa2", ("gold", "purple", "silver", "plum", "mint")),
    "lighting-candles": Room("#f6e7d2", "#ecd3b2", "#d9b78c", "#b98d5d", ("gold", "plum", "teal", "orange")),
    "garden-outdoor": Room("#e4eedb", "#cfe0c3", "#a9c69a", "#6f9a6d", ("mint", "wood", "yellow", "blue")),
    "bags-travel": Room("#e3edf0", "#cde0e5", "#b0ccd3", "#7fa6b0", ("red", "teal", "plum", "yellow", "blue")),
    "party-celebrations": Room("#fdeede", "#fadcc3", "#f2c3a3", "#e09a78", ("pink", "mint", "yellow", "blue", "red")),
    "kitchen-dining": Room("#eaf0ea", "#d5e3da", "#bcd0c4", "#86aa98", ("mint", "red", "blue", "yellow", "pink")),
    "stationery-gift-wrap": Room("#f1ebe0", "#e4d9c6", "#cfc0a6", "#a99878", ("teal", "pink", "red", "blue", "green")),
    "toys-crafts": Room("#e6eef6", "#cfdfee", "#b3cbe0", "#7f9fbf", ("yellow", "red", "mint", "orange", "purple")),
    "bath-wellbeing": Room("#e6f0ef", "#cfe3e1", "#b2d0cd", "#7fada8", ("pink", "mint", "purple", "blue")),
    "cushions-textiles": Room("#f3e7e0", "#e8d3c8", "#d8bbad", "#bb9080", ("plum", "teal", "pink", "blue", "mint")),
    "pictures-mirrors-clocks": Room("#ebe6ef", "#dad1e2", "#c3b7cf", "#9886a8", ("gold", "wood", "teal", "plum", "white")),
    "storage-boxes": Room("#f4ecd8", "#e8dab9", "#d5c193", "#ab9562", ("teal", "red", "wood", "blue", "green")),
    "home-decoration": Room("#f6e6e1", "#eed0c8", "#dfb5aa", "#be8478", ("red", "white", "teal", "pink", "wood")),
    "other": Room("#ece9e2", "#dcd6ca", "#c6bdac", "#9d927c", ("teal", "plum", "gold")),
}


def room_of(category: str) -> Room:
    """The room of a category (slug); one that the owner added gets that of "other"."""
    return ROOMS.get(category, ROOMS["other"])


def ink_name(title: str, room: Room, dice: random.Random) -> str:
    """The ink that the title's first word of colour names; else one of the room's."""
    chosen = dice.choice(room.inks)
    matches = [(match.start(), ink) for pattern, ink in _WORDS if (match := pattern.search(title))]
    return min(matches)[1] if matches else chosen
