"""Pictures, mirrors, clocks, boxes, cushions and what stands about a house."""

from __future__ import annotations

import math

from shopdemo.shop.art.ink import SNOW, Ink
from shopdemo.shop.art.shapes import ball, box, disc, faint, flower, heart, moved, oval, plain, slab, solid, sprig, stroke


def frame(i: Ink) -> str:
    """A picture in its frame."""
    outer = slab(22, 4, 156, 190, i.fill, 6) + box(40, 22, 120, 154, SNOW, 2) + box(52, 34, 96, 130, "#cfe0e6", 1)
    hills = plain("M52 164V122C74 96 92 112 104 124C120 100 136 104 148 116V164Z", "#8fb089") + plain(
        "M52 164V146C80 128 112 138 148 150V164Z", "#6f9a6d"
    )
    return stroke("M70 4 100 -20 130 4", i.deep, 3) + outer + disc(124, 62, 14, "#f3c25b") + hills


def mirror(i: Ink) -> str:
    """An oval mirror."""
    rim = "".join(
        ball(100 + 76 * math.cos(math.tau * s / 20), 100 + 92 * math.sin(math.tau * s / 20), 11, i.main) for s in range(20)
    )
    glass = oval(100, 100, 68, 84, i.dark) + oval(100, 100, 61, 77, "#dcebee")
    return rim + glass + faint(plain("M62 120 112 36 132 46 74 142Z", "#fff"), 0.75) + flower(100, 8, 46, i.accent, i.light)


def alarm_clock(i: Ink) -> str:
    """A clock with two bells."""
    legs = stroke("M58 176 42 200M142 176 158 200", i.dark, 11)
    bells = moved(solid("M-34 0A34 34 0 0 1 34 0Z", i.accent), 54, 46, 1, -32) + moved(
        solid("M-34 0A34 34 0 0 1 34 0Z", i.accent), 146, 46, 1, 32
    )
    face = ball(100, 112, 80, i.fill) + disc(100, 112, 60, SNOW)
    return legs + bells + stroke("M100 34V14", i.dark, 8) + face + _hands(100, 112, 46, i)


def wall_clock(i: Ink) -> str:
    """A round clock."""
    return ball(100, 100, 98, i.fill) + disc(100, 100, 76, SNOW) + _hands(100, 100, 60, i)


def _hands(x: float, y: float, size: float, i: Ink) -> str:
    ticks = "".join(moved(box(-2, -size, 4, size * 0.2, i.deep, 2), x, y, 1, 30 * hour) for hour in range(12))
    return (
        ticks
        + stroke(f"M{x} {y}V{y - size * 0.62:g}M{x} {y}L{x + size * 0.4:g} {y + size * 0.2:g}", i.deep, 5)
        + disc(x, y, 6, i.accent)
    )


def sign(i: Ink) -> str:
    """A tin sign on a chain."""
    plate = slab(6, 52, 188, 120, i.fill, 14)
    inner = '<rect x="18" y="64" width="164" height="96" rx="8" fill="none" stroke="#fffdf8" stroke-width="4"/>'
    words = stroke("M44 92H156M60 114H140", SNOW, 9) + heart(100, 140, 26, i.accent)
    return stroke("M30 54 100 6 170 54", i.deep, 4) + disc(100, 6, 6, i.deep) + plate + inner + words


def tile(i: Ink) -> str:
    """Four tiles."""

    def one(x: float, y: float) -> str:
        corner = "".join(moved(plain("M-42 -42H-14A28 28 0 0 1 -42 -14Z", i.dark), 0, 0, 1, 90 * turn) for turn in range(4))
        return moved(slab(-44, -44, 88, 88, i.light, 5) + corner + flower(0, 0, 48, i.main, i.accent), x, y)

    return one(54, 54) + one(146, 54) + one(54, 146) + one(146, 146)


def wall_art(i: Ink) -> str:
    """A print of leaves."""
    return (
        slab(26, 0, 148, 196, i.dark, 4)
        + box(34, 8, 132, 180, SNOW)
        + sprig(100, 172, 150, i.main)
        + sprig(72, 176, 100, i.accent, -16)
        + sprig(130, 176, 104, i.light, 16)
    )


def cushion(i: Ink) -> str:
    """A cushion, plumped."""
    body = solid("M18 34C56 48 144 48 182 34C172 76 172 142 184 190C144 176 56 176 16 190C28 142 28 76 18 34Z", i.fill)
    tufts = "".join(disc(x, y, 8, i.accent) for x, y in ((18, 34), (182, 34), (184, 190), (16, 190)))
    return tufts + body + faint(stroke("M40 62C70 70 130 70 160 62", "#fff", 5), 0.35) + disc(100, 110, 10, i.dark)


def quilt(i: Ink) -> str:
    """Blankets, folded."""
    rows = ((150, i.fill), (104, i.accent), (58, i.light))
    return "".join(
        solid(f"M14 {y}H170C190 {y} 190 {y + 46} 170 {y + 46}H14Z", fill)
        + stroke(f"M14 {y + 16}H160M14 {y + 31}H160", i.dark, 2.5)
        for y, fill in rows
    ) + stroke("M14 150V196M14 104V150M14 58V104", i.dark, 4)


def doormat(i: Ink) -> str:
    """A mat before the door."""
    mat = solid("M36 96H164L196 190H4Z", i.fill) + stroke("M46 108H154L178 178H22Z", i.light, 4)
    return (
        mat
        + heart(100, 144, 54, i.accent)
        + stroke(
            "M4 192V200M28 192V200M52 192V200M76 192V200M100 192V200M124 192V200M148 192V200M172 192V200M196 192V200", i.dark, 4
        )
    )


def doorstop(i: Ink) -> str:
    """A heavy little house that holds the door."""
    walls = slab(36, 92, 128, 108, i.fill, 8)
    roof = solid("M16 102 100 22 184 102Z", i.dark)
    return (
        walls
        + roof
        + slab(84, 138, 32, 62, i.accent, 16)
        + box(52, 118, 24, 24, SNOW, 3)
        + box(124, 118, 24, 24, SNOW, 3)
        + heart(100, 76, 30, i.light)
    )


def house(i: Ink) -> str:
    """A row of small houses."""

    def one(x: float, width: float, height: float, wall: str, roof: str) -> str:
        top = 200 - height
        windows = box(x + 10, top + 18, 16, 20, "#fbe7b5", 2) + box(x + width - 26, top + 18, 16, 20, "#fbe7b5", 2)
        return (
            slab(x, top, width, height, wall)
            + solid(f"M{x - 6} {top}L{x + width / 2:g} {top - 42}L{x + width + 6} {top}Z", roof)
            + windows
            + slab(x + width / 2 - 9, 168, 18, 32, i.deep, 8)
        )

    return one(6, 62, 84, i.light, i.dark) + one(132, 62, 96, i.accent, i.dark) + one(66, 70, 122, i.main, i.deep)


def chest(i: Ink) -> str:
    """A small chest of drawers."""
    body = slab(24, 30, 152, 162, i.fill, 8) + slab(16, 22, 168, 18, i.dark, 5)
    drawers = "".join(slab(38, y, 124, 40, i.light, 4) + ball(100, y + 20, 7, i.accent) for y in (50, 96, 142))
    return body + drawers + box(32, 190, 14, 10, i.dark, 3) + box(154, 190, 14, 10, i.dark, 3)


def storage_box(i: Ink) -> str:
    """Boxes, one on the other."""
    low = slab(12, 124, 176, 76, i.fill, 5) + slab(4, 108, 192, 28, i.dark, 5)
    high = slab(46, 56, 116, 54, i.accent, 5) + slab(40, 42, 128, 22, i.light, 5)
    return low + high + box(80, 152, 40, 24, SNOW, 3) + stroke("M92 164H108", i.deep, 3)


def trinket(i: Ink) -> str:
    """A small round box with a lid."""
    body = solid("M34 110H166V168C166 192 144 200 100 200C56 200 34 192 34 168Z", i.fill)
    lid = solid("M26 112C30 66 70 52 100 52C130 52 170 66 174 112C140 126 60 126 26 112Z", i.main)
    return body + lid + stroke("M26 112C60 126 140 126 174 112", i.light, 6) + ball(100, 44, 14, i.accent)


def tin(i: Ink) -> str:
    """A tin with a label."""
    body = (
        slab(40, 56, 120, 136, i.fill)
        + oval(100, 192, 60, 10, i.dark)
        + slab(34, 34, 132, 30, i.dark, 5)
        + oval(100, 34, 66, 12, i.light)
    )
    return body + oval(100, 128, 42, 32, SNOW) + heart(100, 129, 36, i.accent)


def basket(i: Ink) -> str:
    """A basket with a cloth."""
    handle = stroke("M30 100C40 -10 160 -10 170 100", "#93653c", 11)
    cloth = solid("M20 96C50 70 150 70 180 96L168 128 146 110 122 130 100 112 78 130 54 110 32 128Z", i.fill)
    body = solid("M18 100H182L166 190C164 196 160 200 154 200H46C40 200 36 196 34 190Z", "#c1946a")
    weave = stroke("M26 126H174M30 150H170M34 174H166M60 102 66 198M100 102V198M140 102 134 198", "#93653c", 4)
    return handle + body + weave + cloth


def hook(i: Ink) -> str:
    """Hooks on a board."""
    board = slab(0, 20, 200, 50, i.fill, 8)
    hooks = "".join(
        stroke(f"M{x} 46V120C{x} 152 {x - 40} 152 {x - 38} 124", i.dark, 10)
        + ball(x, 46, 14, i.accent)
        + ball(x - 38, 120, 9, i.accent)
        for x in (60, 118, 176)
    )
    return board + hooks


def hanger(i: Ink) -> str:
    """A padded hanger."""
    wire = stroke("M100 96V62C100 48 124 46 122 26C120 6 88 8 86 28", i.dark, 7)
    return (
        wire
        + solid(
            "M100 86C120 96 180 122 192 142C200 160 180 168 166 162C140 148 60 148 34 162C20 168 0 160 8 142C20 122 80 96 100 86Z",
            i.fill,
        )
        + flower(100, 100, 44, i.accent, i.light)
    )


def stool(i: Ink) -> str:
    """A stool."""
    legs = stroke("M56 84 34 198M144 84 166 198M50 150H150", i.dark, 12)
    return legs + solid("M26 66C26 46 174 46 174 66V84C174 102 26 102 26 84Z", i.fill) + oval(100, 64, 74, 15, i.light)


def knob(i: Ink) -> str:
    """Knobs for drawers."""

    def one(x: float, y: float, r: float, fill: str) -> str:
        return disc(x + 5, y + 7, r, "#00000022") + ball(x, y, r, fill) + flower(x, y, r * 1.2, i.light, i.accent)

    return one(56, 60, 46, i.main) + one(146, 84, 42, i.accent) + one(86, 150, 48, i.dark)


def vase(i: Ink) -> str:
    """A vase with tulips."""
    stems = stroke("M100 110C92 70 70 60 62 40M100 110V30M100 110C108 76 130 66 142 44", "#7d9c6c", 5)

    def tulip(x: float, y: float, fill: str) -> str:
        return moved(solid("M-18 -30C-8 -18 -6 -18 0 -34C6 -18 8 -18 18 -30C24 0 12 14 0 14C-12 14 -24 0 -18 -30Z", fill), x, y)

    body = solid("M74 92H126C122 118 150 132 150 162C150 188 136 200 100 200C64 200 50 188 50 162C50 132 78 118 74 92Z", i.fill)
    return (
        stems + tulip(60, 36, i.accent) + tulip(142, 40, i.main) + tulip(100, 24, i.light) + body + oval(100, 92, 26, 6, i.dark)
    )


def key(i: Ink) -> str:
    """A large old key."""
    bow = f'<circle cx="100" cy="50" r="36" fill="none" stroke="{i.main}" stroke-width="16"/>'
    return (
        stroke("M100 0V14", i.deep, 3)
        + bow
        + slab(91, 84, 18, 112, i.main, 6)
        + slab(104, 150, 40, 14, i.main, 4)
        + slab(104, 176, 30, 14, i.main, 4)
        + heart(100, 52, 34, i.accent)
    )


def feather(i: Ink) -> str:
    """A feather tree, or a tree of twigs, in a pot."""
    twigs = stroke(
        "M100 160C96 110 70 90 50 60M100 150C104 100 130 90 152 56M100 160V40M98 110C80 100 66 104 44 100M102 106C124 94 140 100 160 96",
        "#93653c",
        5,
    )
    drops = "".join(
        heart(x, y, 30, fill)
        for x, y, fill in ((50, 58, i.main), (152, 54, i.accent), (100, 38, i.light), (42, 104, i.light), (162, 100, i.main))
    )
    return twigs + drops + solid("M58 150H142L130 200H70Z", i.fill)
