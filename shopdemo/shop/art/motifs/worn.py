"""Jewellery, bags, and what one wears or carries."""

from __future__ import annotations

import math

from shopdemo.shop.art.ink import SNOW, Ink
from shopdemo.shop.art.shapes import ball, box, disc, faint, flower, heart, moved, oval, plain, slab, solid, stroke


def _gem(x: float, y: float, size: float, i: Ink) -> str:
    stone = (
        plain("M-30 -16-16 -34H16L30 -16 0 34Z", i.main)
        + plain("M-30 -16H30L0 34Z", i.dark)
        + plain("M-12 -16H12L0 34Z", i.light)
    )
    return moved(stone, x, y, size)


def necklace(i: Ink) -> str:
    """A string of beads with a pendant, on a bust."""
    bust = solid("M76 8H124C122 44 130 58 158 70C184 82 190 120 186 200H14C10 120 16 82 42 70C70 58 78 44 76 8Z", "#f7ecdd")
    beads = "".join(
        ball(
            100 - 62 * math.cos(math.pi * step / 14),
            62 + 84 * math.sin(math.pi * step / 14),
            7.5,
            (i.main, i.accent, i.light)[step % 3],
        )
        for step in range(15)
    )
    return bust + beads + _gem(100, 176, 0.62, i)


def earrings(i: Ink) -> str:
    """A pair of drops."""

    def one(x: float) -> str:
        hook = stroke(f"M{x} 70C{x - 4} 30 {x + 26} 26 {x + 24} 56", i.dark, 5)
        drop = solid(f"M{x} 84C{x - 42} 130 {x - 30} 176 {x} 176C{x + 30} 176 {x + 42} 130 {x} 84Z", i.main)
        return hook + ball(x, 78, 11, i.accent) + drop + faint(oval(x - 11, 138, 6, 16, "#fff"), 0.6)

    return one(54) + one(142)


def bracelet(i: Ink) -> str:
    """A ring of beads with a charm."""
    beads = "".join(
        ball(
            100 + 78 * math.cos(math.tau * step / 18),
            96 + 66 * math.sin(math.tau * step / 18),
            13,
            (i.main, i.light, i.accent)[step % 3],
        )
        for step in range(18)
    )
    return beads + stroke("M100 170V184", i.deep, 3) + heart(100, 190, 44, i.accent)


def ring(i: Ink) -> str:
    """A ring in its box."""
    case = solid("M24 110H176V182C176 194 168 200 156 200H44C32 200 24 194 24 182Z", i.dark) + oval(100, 112, 76, 18, "#f7ecdd")
    band = '<ellipse cx="100" cy="86" rx="40" ry="42" fill="none" stroke="#e0b860" stroke-width="11"/>'
    return band + case + _gem(100, 36, 0.9, i)


def hairclip(i: Ink) -> str:
    """A slide with a flower."""
    clip = slab(14, 104, 172, 26, i.dark, 13) + slab(20, 108, 160, 9, i.light, 5)
    return clip + flower(70, 98, 104, i.main, i.accent) + flower(138, 104, 70, i.light, i.accent)


def brooch(i: Ink) -> str:
    """A brooch of petals and stones."""
    petals = "".join(
        moved(solid("M0 0C-26 -30 -22 -78 0 -90C22 -78 26 -30 0 0Z", (i.main, i.light)[step % 2]), 100, 108, 1, 45 * step)
        for step in range(8)
    )
    stones = "".join(moved(disc(0, -62, 6, i.accent), 100, 108, 1, 45 * step) for step in range(8))
    return petals + stones + ball(100, 108, 22, i.accent)


def keyring(i: Ink) -> str:
    """A key on a ring, with a heart."""
    hoop = '<circle cx="100" cy="50" r="36" fill="none" stroke="#a9b0b6" stroke-width="9"/>'
    key = moved(
        disc(0, 0, 26, i.dark)
        + disc(0, 0, 12, SNOW)
        + box(-6, 22, 12, 84, i.dark, 4)
        + box(4, 76, 24, 10, i.dark, 3)
        + box(4, 94, 18, 10, i.dark, 3),
        66,
        92,
        1,
        18,
    )
    return key + hoop + stroke("M122 78 136 108", "#a9b0b6", 6) + heart(146, 144, 86, i.main)


def scarf(i: Ink) -> str:
    """A knitted scarf, knotted."""
    ends = solid("M78 84 56 190 102 198 112 92Z", i.dark) + solid("M96 84 118 196 164 186 132 84Z", i.fill)
    loop = solid("M20 60C30 16 170 16 180 60C176 104 132 106 100 106C68 106 24 104 20 60Z", i.fill) + oval(
        100, 50, 46, 17, i.dark
    )
    fringe = stroke("M58 190 54 204M76 194 73 208M94 197 92 210M122 196 124 210M140 192 144 206M158 188 164 200", i.accent, 5)
    return fringe + ends + loop


def glove(i: Ink) -> str:
    """Warm socks or gloves, a pair."""
    one = solid("M18 20H82V118C96 134 104 150 84 170C72 184 34 190 20 170C8 150 18 130 18 118Z", i.fill) + slab(
        12, 10, 76, 30, i.accent, 8
    )
    return moved(one, 4, 8) + moved(one, 106, 18)


def shopper(i: Ink) -> str:
    """A large bag with two handles."""
    back = stroke("M66 72C66 4 134 4 134 72", i.dark, 10)
    body = solid("M22 66H178L188 190C188 196 184 200 178 200H22C16 200 12 196 12 190Z", i.fill)
    hem = plain("M22 66H178L179.500 84H20.500Z", i.accent)
    return (
        back
        + body
        + hem
        + stroke("M70 100C70 40 130 40 130 100", i.dark, 10)
        + disc(70, 102, 6, i.deep)
        + disc(130, 102, 6, i.deep)
    )


def lunch_bag(i: Ink) -> str:
    """A bag for lunch, folded over."""
    handle = stroke("M72 40C72 2 128 2 128 40", i.dark, 9)
    body = solid("M36 76H164L172 190C172 196 168 200 162 200H38C32 200 28 196 28 190Z", i.fill)
    flap = solid("M40 34H160L164 92C140 100 60 100 36 92Z", i.main) + stroke("M42 44H158", i.light, 3)
    return handle + body + flap + slab(88, 78, 24, 34, i.accent, 6)


def purse(i: Ink) -> str:
    """A purse with a clasp."""
    body = solid("M44 74C10 110 6 200 60 200H140C194 200 190 110 156 74Z", i.fill)
    frame = stroke("M42 78C60 48 140 48 158 78", "#d9ae5b", 11)
    return body + frame + ball(90, 50, 11, "#d9ae5b") + ball(112, 50, 11, "#c49a45")


def suitcase(i: Ink) -> str:
    """A case with stickers on it."""
    handle = stroke("M74 62V36C74 28 126 28 126 36V62", i.deep, 10)
    body = slab(10, 58, 180, 136, i.fill, 16)
    straps = (
        slab(38, 58, 18, 136, i.dark)
        + slab(144, 58, 18, 136, i.dark)
        + box(38, 112, 18, 16, "#e7c069", 3)
        + box(144, 112, 18, 16, "#e7c069", 3)
    )
    return (
        handle + body + straps + heart(100, 112, 48, i.accent) + box(20, 192, 22, 8, i.deep, 3) + box(158, 192, 22, 8, i.deep, 3)
    )


def wallet(i: Ink) -> str:
    """A holder for cards, or a passport's cover."""
    cards = moved(slab(0, 0, 130, 84, SNOW, 8), 46, 26, 1, -6) + moved(slab(0, 0, 130, 84, i.light, 8), 40, 44, 1, 2)
    body = slab(16, 78, 168, 118, i.fill, 14)
    return cards + body + slab(140, 118, 52, 40, i.dark, 12) + disc(160, 138, 8, i.accent)


def backpack(i: Ink) -> str:
    """A satchel."""
    body = slab(24, 50, 152, 150, i.fill, 26)
    flap = solid("M24 84C24 30 176 30 176 84V120C140 138 60 138 24 120Z", i.main)
    return (
        stroke("M76 44C76 6 124 6 124 44", i.dark, 10)
        + body
        + flap
        + slab(52, 108, 16, 52, i.dark, 5)
        + slab(132, 108, 16, 52, i.dark, 5)
        + box(50, 132, 20, 14, "#e7c069", 3)
        + box(130, 132, 20, 14, "#e7c069", 3)
    )


def umbrella(i: Ink) -> str:
    """An umbrella, open."""
    pole = stroke("M100 20V180C100 204 66 204 66 180", i.dark, 8)
    top = solid(
        "M6 110C14 46 60 18 100 18C140 18 186 46 194 110C176 94 150 94 132 110C118 96 82 96 68 110C50 94 24 94 6 110Z", i.fill
    )
    return pole + top + stroke("M100 18C78 44 70 76 68 108M100 18C122 44 130 76 132 108", i.dark, 3) + disc(100, 14, 6, i.accent)


def washbag(i: Ink) -> str:
    """A bag for the bathroom, with a zip."""
    body = solid(
        "M22 92C22 78 32 70 46 70H154C168 70 178 78 178 92L186 182C186 194 178 200 166 200H34C22 200 14 194 14 182Z", i.fill
    )
    return body + stroke("M34 84H166", i.deep, 6) + stroke("M34 84H166", "#e7c069", 2) + slab(150, 80, 14, 34, i.accent, 6)
