"""Christmas, Easter, birthdays."""

from __future__ import annotations

from shopdemo.shop.art.ink import SNOW, Ink
from shopdemo.shop.art.shapes import (
    STAR,
    ball,
    box,
    disc,
    faint,
    flame,
    flower,
    heart,
    moved,
    oval,
    plain,
    slab,
    solid,
    sprig,
    star,
    stroke,
)


def bauble(i: Ink) -> str:
    """A ball for the tree."""
    cap = slab(84, 40, 32, 20, "#d9ae5b", 4) + stroke("M100 40C88 20 112 20 100 40", "#ac8335", 4)
    band = plain("M24 116C60 136 140 136 176 116V134C140 154 60 154 24 134Z", i.accent)
    return stroke("M100 0V26", i.deep, 3) + ball(100, 126, 76, i.fill) + band + cap + faint(oval(70, 92, 14, 22, "#fff"), 0.5)


def tree(i: Ink) -> str:
    """A fir with lights."""
    trunk = box(88, 172, 24, 28, "#8a5f3d", 4)
    tiers = "".join(solid(d, "#5f8a63") for d in ("M100 84 176 178H24Z", "M100 48 158 128H42Z", "M100 16 142 80H58Z"))
    lights = "".join(
        ball(x, y, 7, colour)
        for x, y, colour in (
            (70, 160, i.main),
            (104, 152, i.accent),
            (138, 162, i.light),
            (78, 112, i.accent),
            (120, 108, i.main),
            (98, 70, i.light),
            (56, 172, i.light),
        )
    )
    return trunk + tiers + lights + star(100, 18, 40, "#f3c25b")


def stocking(i: Ink) -> str:
    """A stocking with a present in it."""
    gift_ = moved(gift(i), 66, 14, 0.3) + moved(sprig(0, 0, 50, "#5f8a63", 20), 132, 70)
    sock = solid("M62 66H142V128C150 142 176 146 180 166C184 190 160 200 140 198C104 196 62 180 62 150Z", i.fill)
    cuff = slab(52, 52, 100, 34, SNOW, 12)
    return (
        stroke("M146 54C166 30 146 14 140 50", i.dark, 5)
        + gift_
        + sock
        + cuff
        + plain("M62 150C70 166 82 176 98 182C92 164 76 150 62 144Z", i.accent)
    )


def wreath(i: Ink) -> str:
    """A wreath with a bow."""
    greens = ("#5f8a63", "#7fa36b")
    ring = "".join(moved(sprig(0, -66, 66, greens[step % 2], 70), 100, 104, 1, 36 * step) for step in range(10))
    berries = "".join(moved(ball(0, -68, 8, i.main), 100, 104, 1, angle) for angle in range(20, 360, 60))
    bow = solid(
        "M100 176C70 156 60 160 62 180C64 196 84 190 100 176C116 190 136 196 138 180C140 160 130 156 100 176Z", i.main
    ) + disc(100, 177, 9, i.dark)
    return stroke("M100 0V36", i.deep, 3) + ring + berries + bow


def gift(i: Ink) -> str:
    """A present with a bow."""
    body = slab(30, 98, 140, 102, i.fill, 4) + slab(20, 74, 160, 32, i.main, 5)
    ribbon = slab(86, 74, 28, 126, i.accent)
    bow = solid("M100 74C60 74 40 60 46 42C54 20 90 34 100 74C110 34 146 20 154 42C160 60 140 74 100 74Z", i.accent) + disc(
        100, 70, 11, i.dark
    )
    return body + ribbon + bow


def angel(i: Ink) -> str:
    """An angel on a string."""
    wings = solid("M84 96C40 60 8 84 14 120C40 126 66 130 88 122Z", SNOW) + solid(
        "M116 96C160 60 192 84 186 120C160 126 134 130 112 122Z", SNOW
    )
    dress = solid("M100 84C128 110 146 160 150 196C120 206 80 206 50 196C54 160 72 110 100 84Z", i.fill)
    halo = '<ellipse cx="100" cy="30" rx="26" ry="8" fill="none" stroke="#e7b45a" stroke-width="5"/>'
    return stroke("M100 0V24", i.deep, 3) + wings + dress + ball(100, 66, 27, "#f3d3b8") + halo + heart(100, 140, 30, i.accent)


def snowman(i: Ink) -> str:
    """A snowman in a scarf."""
    body = ball(100, 150, 52, SNOW) + ball(100, 74, 36, SNOW)
    hat = slab(74, 6, 52, 38, "#4a4549", 4) + slab(58, 40, 84, 10, "#4a4549", 5) + box(74, 30, 52, 9, i.accent)
    face = disc(88, 68, 4.5, i.deep) + disc(112, 68, 4.5, i.deep) + plain("M98 76 128 84 98 86Z", "#e0813f")
    scarf = slab(62, 98, 76, 18, i.fill, 9) + slab(118, 104, 20, 56, i.fill, 6)
    return body + hat + face + scarf + disc(96, 150, 5, i.deep) + disc(96, 174, 5, i.deep)


def reindeer(i: Ink) -> str:
    """A reindeer's head, wondering."""
    horns = stroke(
        "M78 70C50 60 44 30 48 10M62 50C46 48 36 40 30 30M122 70C150 60 156 30 152 10M138 50C154 48 164 40 170 30", "#8a5f3d", 9
    )
    ears = solid("M66 88C36 66 22 84 30 100C44 106 56 104 70 104Z", "#b98a5b") + solid(
        "M134 88C164 66 178 84 170 100C156 106 144 104 130 104Z", "#b98a5b"
    )
    head = solid("M100 58C136 58 140 92 134 124C130 166 122 196 100 196C78 196 70 166 66 124C60 92 64 58 100 58Z", "#b98a5b")
    return horns + ears + head + disc(82, 106, 6, i.deep) + disc(118, 106, 6, i.deep) + ball(100, 168, 19, i.main)


def bunting(i: Ink) -> str:
    """Two lines of flags across the wall."""
    rope = stroke("M-60 8C40 66 160 66 260 8M-60 92C40 150 160 150 260 92", i.deep, 3.5)
    fills = (i.fill, i.accent, i.light, i.dark)
    rows = []
    for base, start in ((8, 0), (92, 2)):
        for step in range(7):
            x = -50 + step * 44
            t = (x + 22 + 60) / 320
            y = base + 116 * 1.5 * t * (1 - t)
            rows.append(moved(solid("M0 0H40L20 56Z", fills[(step + start) % 4]), x, y, 1, (0.5 - t) * 22))
    return rope + "".join(rows)


def garland(i: Ink) -> str:
    """Hearts and stars on a thread."""
    thread = stroke("M-60 20C40 90 160 90 260 20", i.deep, 3)
    things = "".join(
        stroke(f"M{x} {y}V{y + drop}", i.deep, 2.5)
        + (heart(x, y + drop + 18, 52, fill) if step % 2 else star(x, y + drop + 18, 54, fill))
        for step, (x, y, drop, fill) in enumerate(
            (
                (-20, 44, 16, i.main),
                (30, 64, 40, i.accent),
                (80, 74, 14, i.light),
                (126, 72, 54, i.main),
                (176, 62, 18, i.dark),
                (224, 40, 40, i.accent),
            )
        )
    )
    return thread + things


def paper_chain(i: Ink) -> str:
    """Links of paper."""
    fills = (i.main, i.light, i.accent, i.dark)
    links = []
    for row, base in enumerate((16, 96)):
        for step in range(9):
            t = step / 8
            x, y = -50 + 300 * t, base + 150 * t * (1 - t)
            links.append(
                f'<ellipse cx="{x:g}" cy="{y:g}" rx="22" ry="17" fill="none" stroke="{fills[(step + row) % 4]}" stroke-width="10"/>'
            )
    return "".join(links)


def balloons(i: Ink) -> str:
    """Three balloons on their strings."""
    one = "M0 0C-46 -10 -50 -92 0 -96C50 -92 46 -10 0 0Z"
    parts = ((60, 108, i.fill), (140, 104, i.accent), (100, 88, i.light))
    strings = "".join(stroke(f"M{x} {y}C{x + 10} {y + 30} 96 {170} 100 200", i.deep, 2.5) for x, y, _ in parts)
    return strings + "".join(
        moved(solid(one, fill) + plain("M-7 8H7L0 -4Z", fill) + faint(oval(-18, -62, 8, 14, "#fff"), 0.5), x, y)
        for x, y, fill in parts
    )


def cake(i: Ink) -> str:
    """A birthday cake."""
    candles = "".join(slab(x - 5, 44, 10, 40, i.accent, 3) + flame(x, 44, 0.62) for x in (68, 100, 132))
    top = slab(42, 80, 116, 50, i.light, 8)
    low = slab(20, 128, 160, 62, i.fill, 8)
    icing = plain(
        "M20 134C20 122 180 122 180 134C180 156 160 158 156 144C150 160 134 162 128 144C122 166 104 166 98 146C92 160 74 162 70 144C64 160 46 160 42 146C36 158 20 152 20 134Z",
        SNOW,
    )
    return candles + top + low + icing + oval(100, 192, 96, 9, i.dark)


def egg(i: Ink) -> str:
    """An Easter egg in the grass."""
    shell = solid("M100 22C146 22 172 92 172 126C172 170 140 196 100 196C60 196 28 170 28 126C28 92 54 22 100 22Z", i.fill)
    band = plain("M31 104C60 118 140 118 169 104L172 132C140 148 60 148 28 132Z", i.accent) + "".join(
        disc(x, y, 6, SNOW) for x, y in ((52, 124), (84, 129), (116, 129), (148, 124))
    )
    grass = stroke("M30 200 20 176M52 200 50 172M78 200 82 178M122 200 116 178M150 200 154 172M172 200 182 178", "#6f9a6d", 6)
    return shell + band + grass


def chick(i: Ink) -> str:
    """A chick."""
    body = ball(92, 134, 60, "#f2c552") + ball(128, 74, 40, "#f2c552")
    wing = plain("M60 118C52 156 84 172 112 158C96 150 84 136 82 116Z", "#dca838")
    return (
        stroke("M80 190V200H66M108 190V200H122", "#d9772f", 6)
        + body
        + wing
        + plain("M162 68 188 78 162 88Z", "#e0813f")
        + disc(138, 66, 5.5, i.deep)
    )


def hen(i: Ink) -> str:
    """A hen on her nest."""
    tail = solid("M30 128C4 92 22 60 44 62C40 86 54 100 70 104Z", i.dark)
    body = solid("M30 120C60 128 92 108 108 66C114 40 150 36 156 68C170 112 168 176 104 178C58 178 34 156 30 120Z", i.fill)
    comb = plain("M114 48C108 30 124 28 126 38C130 22 146 26 142 40C154 34 160 46 150 54Z", "#c9473f")
    nest = solid("M22 160H176C176 190 150 200 100 200C50 200 22 190 22 160Z", "#bd8a5b") + stroke(
        "M30 174C70 184 130 184 168 174", "#93653c", 4
    )
    return tail + body + comb + plain("M156 70 178 78 156 86Z", "#e0a13f") + disc(140, 68, 5, i.deep) + nest


def bell(i: Ink) -> str:
    """A bell on a ribbon."""
    bow = solid("M100 40C70 18 56 26 60 44C64 58 84 54 100 40C116 54 136 58 140 44C144 26 130 18 100 40Z", i.accent)
    body = solid("M100 46C142 46 142 96 148 126C152 146 166 156 170 168H30C34 156 48 146 52 126C58 96 58 46 100 46Z", i.fill)
    return stroke("M100 0V36", i.deep, 3) + ball(100, 178, 16, i.dark) + body + bow


def hanging_star(i: Ink) -> str:
    """A star on a thread."""
    return stroke("M100 0V40", i.deep, 3) + moved(solid(STAR, i.fill), 0, 12) + star(100, 114, 70, i.light)


def hanging_heart(i: Ink) -> str:
    """A heart on a ribbon."""
    from_heart = "M100 186C36 140 18 106 18 78A42 42 0 0 1 100 62A42 42 0 0 1 182 78C182 106 164 140 100 186Z"
    return (
        stroke("M100 0V66", i.accent, 5)
        + solid(from_heart, i.fill)
        + stroke("M44 78C46 66 58 58 70 62", i.light, 7)
        + flower(100, 74, 36, i.accent, i.light)
    )


def cracker(i: Ink) -> str:
    """A flag on a stick."""
    return (
        slab(30, 10, 10, 190, i.dark, 5)
        + solid("M40 22C80 4 120 44 176 22V112C120 134 80 94 40 112Z", i.fill)
        + disc(35, 10, 10, i.accent)
    )
