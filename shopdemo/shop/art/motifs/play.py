"""Toys, crafts and the bathroom."""

from __future__ import annotations

from shopdemo.shop.art.ink import SNOW, Ink
from shopdemo.shop.art.shapes import ball, box, disc, faint, flower, heart, moved, oval, plain, slab, solid, star, stroke


def doll(i: Ink) -> str:
    """A doll that holds another."""
    body = solid(
        "M100 4C136 4 144 38 138 62C168 84 176 130 160 172C152 194 134 200 100 200C66 200 48 194 40 172C24 130 32 84 62 62C56 38 64 4 100 4Z",
        i.fill,
    )
    face = (
        disc(100, 48, 27, "#f6dcc4")
        + plain("M73 48C74 24 92 20 100 30C108 20 126 24 127 48C120 38 108 38 100 34C92 38 80 38 73 48Z", "#8a5f3d")
        + disc(91, 50, 3, i.deep)
        + disc(109, 50, 3, i.deep)
        + disc(85, 58, 5, "#eeaea0")
        + disc(115, 58, 5, "#eeaea0")
    )
    return body + face + oval(100, 140, 42, 44, i.light) + flower(100, 138, 62, i.main, i.accent)


def teddy(i: Ink) -> str:
    """A bear."""
    brown = "#c1946a"
    ears = ball(62, 34, 20, brown) + ball(138, 34, 20, brown) + disc(62, 34, 10, i.light) + disc(138, 34, 10, i.light)
    body = (
        ball(100, 148, 52, brown)
        + ball(48, 136, 20, brown)
        + ball(152, 136, 20, brown)
        + ball(66, 186, 20, brown)
        + ball(134, 186, 20, brown)
    )
    head = (
        ball(100, 66, 48, brown)
        + oval(100, 82, 22, 17, "#f0d9bd")
        + oval(100, 74, 9, 6, i.deep)
        + disc(80, 60, 5, i.deep)
        + disc(120, 60, 5, i.deep)
    )
    return ears + body + head + oval(100, 152, 30, 30, i.light) + heart(100, 152, 30, i.main)


def rocket(i: Ink) -> str:
    """A rocket, leaving."""
    fire = plain("M82 158C70 184 90 190 100 214C110 190 130 184 118 158Z", "#f6a63a") + plain(
        "M90 158C86 176 96 180 100 192C104 180 114 176 110 158Z", "#fff1c1"
    )
    fins = solid("M62 110C40 124 34 150 40 172L72 156Z", i.accent) + solid("M138 110C160 124 166 150 160 172L128 156Z", i.accent)
    body = solid("M100 -4C136 26 148 80 134 160H66C52 80 64 26 100 -4Z", i.fill)
    return (
        fire
        + fins
        + body
        + disc(100, 74, 23, i.dark)
        + disc(100, 74, 15, "#cfe6ee")
        + star(30, 40, 28, i.accent)
        + star(172, 66, 24, i.light)
    )


def blocks(i: Ink) -> str:
    """A train of wood."""
    wheels = "".join(ball(x, 184, 17, i.deep) + disc(x, 184, 6, i.light) for x in (34, 84, 138, 176))
    engine = (
        slab(10, 106, 92, 66, i.fill, 6)
        + slab(58, 60, 50, 56, i.main, 5)
        + box(68, 72, 30, 26, "#cfe6ee", 3)
        + slab(22, 68, 20, 42, i.accent, 4)
        + slab(50, 52, 66, 14, i.dark, 5)
    )
    return (
        stroke("M100 166H130", i.deep, 7)
        + engine
        + slab(122, 122, 70, 50, i.accent, 5)
        + ball(140, 112, 14, i.light)
        + ball(168, 112, 14, i.main)
        + wheels
        + faint(ball(30, 44, 15, SNOW) + ball(48, 24, 20, SNOW), 0.9)
    )


def puzzle(i: Ink) -> str:
    """Pieces of a jigsaw."""
    piece = "M0 0H34C24 -24 66 -24 56 0H90V34C114 24 114 66 90 56V90H0V56C24 66 24 24 0 34Z"
    return (
        moved(solid(piece, i.fill), 4, 26)
        + moved(solid(piece, i.accent), 94, 26, 0.98, 0)
        + moved(solid(piece, i.light), 6, 112, 0.96)
        + moved(solid(piece, i.dark), 112, 120, 0.9, 14)
    )


def ball_(i: Ink) -> str:
    """A ball of coloured stripes."""
    return (
        ball(100, 118, 82, SNOW)
        + plain("M100 36C60 60 60 176 100 200C30 200 0 90 100 36Z", i.main)
        + plain("M100 36C140 60 140 176 100 200C170 200 200 90 100 36Z", i.accent)
        + disc(100, 118, 82, "url(#shade)")
        + disc(100, 38, 11, i.light)
    )


def dinosaur(i: Ink) -> str:
    """A dinosaur, friendly."""
    body = solid(
        "M4 170C40 170 46 128 70 110C90 96 112 100 124 84C130 44 150 26 178 34C198 42 196 66 176 72C160 76 158 90 158 110C158 140 150 150 146 160V200H118V166H92V200H64V172C48 184 22 186 4 170Z",
        i.fill,
    )
    spikes = "".join(
        plain(f"M{x} {y}L{x + 2} {y - 22}L{x + 18} {y - 8}Z", i.accent) for x, y in ((46, 140), (64, 116), (86, 102), (108, 92))
    )
    return spikes + body + disc(170, 50, 5, i.deep) + stroke("M180 62C174 66 166 66 162 64", i.deep, 3)


def soldier(i: Ink) -> str:
    """A soldier on parade."""
    hat = solid("M66 70V30C66 -6 134 -6 134 30V70Z", "#3b363a")
    face = slab(70, 62, 60, 40, "#f6dcc4", 12) + disc(88, 80, 4, i.deep) + disc(112, 80, 4, i.deep)
    coat = slab(52, 100, 96, 66, i.main, 12) + slab(36, 104, 22, 58, i.main, 10) + slab(142, 104, 22, 58, i.main, 10)
    trim = stroke("M74 106 126 160M126 106 74 160", SNOW, 8) + disc(100, 132, 7, "#e7c069")
    return hat + face + coat + trim + slab(64, 164, 30, 36, "#33405a", 4) + slab(106, 164, 30, 36, "#33405a", 4)


def sewing(i: Ink) -> str:
    """Thread, needle and buttons."""
    spool = (
        slab(56, 66, 76, 100, i.fill, 4)
        + stroke("M56 84 132 78M56 102 132 96M56 120 132 114M56 138 132 132M56 156 132 150", i.dark, 3)
        + slab(44, 48, 100, 22, "#d8b487", 6)
        + slab(44, 162, 100, 24, "#b98f60", 6)
    )
    needle = stroke("M128 150C170 170 150 60 176 24", i.main, 4) + stroke("M182 8 164 92", "#a9b0b6", 6)

    def button(x: float, y: float, fill: str) -> str:
        return ball(x, y, 24, fill) + "".join(disc(x + dx, y + dy, 3.5, i.deep) for dx in (-6, 6) for dy in (-6, 6))

    return spool + needle + button(30, 180, i.accent) + button(166, 176, i.light)


def felt(i: Ink) -> str:
    """A kit to make a felt creature of."""
    frame = slab(20, 20, 160, 176, SNOW, 10) + stroke("M34 34H166V182H34Z", i.light, 4)
    return frame + moved(doll(i), 48, 46, 0.6) + star(150, 60, 34, i.accent) + heart(52, 158, 30, i.main)


def skittles(i: Ink) -> str:
    """Skittles and a ball."""

    def one(x: float, fill: str) -> str:
        return moved(
            solid(
                "M0 -140C20 -140 20 -116 14 -104C10 -92 28 -70 28 -40C28 -10 20 0 0 0C-20 0 -28 -10 -28 -40C-28 -70 -10 -92 -14 -104C-20 -116 -20 -140 0 -140Z",
                fill,
            )
            + box(-14, -104, 28, 10, SNOW, 3),
            x,
            200,
        )

    return one(44, i.accent) + one(152, i.dark) + moved(one(0, i.fill), 98, 0, 1) + ball(134, 180, 22, i.light)


def soap(i: Ink) -> str:
    """A bar of soap and its bubbles."""
    bubbles = "".join(
        faint(ball(x, y, r, "#e4f3f5"), 0.9) + faint(disc(x - r * 0.3, y - r * 0.3, r * 0.25, "#fff"), 0.9)
        for x, y, r in ((48, 76, 22), (92, 44, 16), (146, 70, 26), (118, 96, 13), (172, 110, 12))
    )
    return (
        bubbles
        + solid("M16 176C16 164 184 164 184 176C184 194 150 200 100 200C50 200 16 194 16 176Z", i.light)
        + slab(40, 120, 120, 58, i.fill, 26)
        + heart(100, 148, 36, i.light)
    )


def towel(i: Ink) -> str:
    """Towels, rolled and folded."""
    folded = solid("M10 150H164C188 150 188 200 164 200H10Z", i.fill) + stroke("M10 175H170", i.dark, 4)
    rolls = "".join(
        ball(x, 108, 42, fill)
        + stroke(
            f"M{x} 108C{x + 14} 94 {x + 26} 118 {x + 4} 126C{x - 22} 130 {x - 26} 92 {x} 86C{x + 30} 82 {x + 38} 112 {x + 30} 126",
            i.dark,
            3.5,
        )
        for x, fill in ((54, i.accent), (136, i.light))
    )
    return rolls + folded + flower(96, 56, 46, SNOW, i.accent)


def hot_water_bottle(i: Ink) -> str:
    """A hot-water bottle in its cover."""
    neck = slab(76, 8, 48, 26, i.dark, 8) + slab(70, 30, 60, 28, i.light, 6)
    return (
        neck
        + solid(
            "M66 54H134C138 66 168 74 168 104V170C168 190 156 200 138 200H62C44 200 32 190 32 170V104C32 74 62 66 66 54Z", i.fill
        )
        + heart(100, 130, 66, i.accent)
    )


def scent(i: Ink) -> str:
    """A bottle of scent."""
    bulb = stroke("M126 62C160 44 168 70 172 82", i.dark, 5) + ball(174, 98, 21, i.accent)
    return (
        bulb
        + slab(84, 40, 32, 22, "#e7c069", 4)
        + slab(76, 58, 48, 16, "#c49a45", 4)
        + solid("M60 74H140C172 100 172 200 126 200H74C28 200 28 100 60 74Z", i.fill)
        + oval(100, 142, 36, 30, SNOW)
        + flower(100, 142, 44, i.main, i.accent)
    )


def mask(i: Ink) -> str:
    """Something soft for tired eyes."""
    strap = stroke("M8 96C40 40 160 40 192 96", i.dark, 8)
    return (
        strap
        + solid(
            "M6 104C20 70 180 70 194 104C200 150 160 168 130 156C114 150 112 130 100 130C88 130 86 150 70 156C40 168 0 150 6 104Z",
            i.fill,
        )
        + stroke("M42 112C52 128 72 128 82 112M118 112C128 128 148 128 158 112", i.light, 6)
    )


def lunch_box(i: Ink) -> str:
    """A box for school."""
    handle = stroke("M66 78C66 34 134 34 134 78", i.dark, 11)
    return (
        handle
        + slab(14, 74, 172, 126, i.fill, 20)
        + box(14, 124, 172, 9, i.dark)
        + slab(84, 112, 32, 34, i.accent, 8)
        + star(52, 164, 40, i.light)
        + star(150, 100, 32, i.light)
    )


def popcorn(i: Ink) -> str:
    """A bag of popcorn."""
    corn = "".join(
        ball(x, y, r, "#fbe9bd")
        for x, y, r in ((52, 70, 20), (84, 54, 24), (120, 56, 23), (150, 72, 19), (68, 84, 20), (102, 80, 22), (134, 86, 20))
    )
    stripes = plain("M66 84 74 200H92L88 84ZM112 84 108 200H126L134 84Z", SNOW)
    return (
        corn
        + solid("M38 84H162L146 200H54Z", i.main)
        + stripes
        + plain("M38 84 48 94 58 84 68 94 78 84 88 94 98 84 108 94 118 84 128 94 138 84 148 94 162 84V80H38Z", i.main)
    )


def fan(i: Ink) -> str:
    """A fan, open."""
    blades = "".join(
        moved(solid("M0 0-22 -150C-10 -158 10 -158 22 -150Z", (i.fill, i.light)[step % 2]), 100, 188, 1, -66 + 16.5 * step)
        for step in range(9)
    )
    return blades + disc(100, 188, 10, i.accent) + stroke("M100 190C108 206 96 212 104 226", i.accent, 4)
