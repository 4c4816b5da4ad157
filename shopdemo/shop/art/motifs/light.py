"""Candles, lanterns and lamps."""

from __future__ import annotations

from shopdemo.shop.art.ink import SNOW, Ink
from shopdemo.shop.art.shapes import HEART, STAR, ball, box, disc, faint, flame, heart, moved, oval, plain, slab, solid, stroke


def candle(i: Ink) -> str:
    """A pillar candle on a dish."""
    dish = oval(100, 188, 84, 14, i.dark) + oval(100, 182, 84, 13, i.light)
    wax = solid("M58 66C72 76 88 60 100 66C112 72 128 60 142 66V180C142 190 58 190 58 180Z", i.fill)
    drip = plain(
        "M58 66C58 54 142 54 142 66C128 60 124 92 116 92C108 92 112 70 100 70C88 70 90 84 80 84C72 84 72 74 58 66Z", i.light
    )
    return flame(100, 50, 1.1) + dish + wax + drip + stroke("M100 62V48", i.deep, 3)


def tlight(i: Ink) -> str:
    """A tea light in a glass."""
    light = box(66, 150, 68, 26, i.light, 6) + flame(100, 150, 1.25)
    glass = faint(solid("M44 78H156L146 186C145 196 138 200 130 200H70C62 200 55 196 54 186Z", i.fill), 0.62)
    rim = stroke("M44 80H156", i.dark, 6)
    return light + glass + faint(plain("M60 92 66 180H76L70 92Z", "#fff"), 0.55) + rim + heart(100, 124, 30, i.accent)


def hanging_tlight(i: Ink) -> str:
    """A heart of wire with a light in it."""
    ring = moved(f'<path d="{HEART}" fill="none" stroke="{i.main}" stroke-width="13" stroke-linejoin="round"/>', 0, 30)
    inner = moved(f'<path d="{HEART}" fill="{i.light}" opacity=".45"/>', 0, 30)
    return (
        stroke("M100 0V84", i.dark, 3)
        + inner
        + ring
        + flame(100, 148, 1)
        + slab(78, 146, 44, 24, SNOW, 5)
        + stroke("M66 172H134", i.dark, 5)
    )


def lantern(i: Ink) -> str:
    """A lantern with four panes."""
    ring = stroke("M100 30C84 -4 116 -4 100 30", i.dark, 6)
    roof = solid("M34 84C56 70 78 54 84 28H116C122 54 144 70 166 84Z", i.fill)
    panes = box(46, 84, 108, 96, "#fbe7b5", 4) + disc(100, 140, 60, "url(#glow)")
    frame = (
        stroke("M46 86V182M154 86V182M100 86V120", i.main, 8)
        + slab(34, 80, 132, 12, i.dark, 4)
        + slab(32, 180, 136, 20, i.dark, 5)
    )
    return ring + roof + panes + slab(84, 140, 32, 40, SNOW, 4) + flame(100, 138, 0.9) + frame


def paper_lantern(i: Ink) -> str:
    """A ball of paper on a string."""
    ribs = "".join(
        stroke(f"M{100 - w} {y}C{100 - w * 0.4:g} {y + 8} {100 + w * 0.4:g} {y + 8} {100 + w} {y}", i.dark, 2.5)
        for y, w in ((66, 58), (90, 74), (114, 80), (138, 74), (162, 58))
    )
    return (
        stroke("M100 0V40", i.deep, 3)
        + box(80, 34, 40, 10, i.dark, 4)
        + ball(100, 114, 80, i.fill)
        + ribs
        + box(82, 188, 36, 8, i.dark, 4)
    )


def lamp(i: Ink) -> str:
    """A lamp with a shade."""
    shade = solid("M62 20H138L172 104H28Z", i.fill)
    foot = solid("M84 116H116C112 146 132 158 132 188H68C68 158 88 146 84 116Z", i.accent)
    return (
        disc(100, 104, 96, "url(#glow)")
        + foot
        + box(56, 186, 88, 14, i.dark, 7)
        + box(92, 100, 16, 20, i.dark)
        + shade
        + stroke("M30 104H170", i.dark, 5)
    )


def toadstool(i: Ink) -> str:
    """A night light in the shape of a mushroom."""
    stem = solid("M76 110C84 150 62 180 70 200H130C138 180 116 150 124 110Z", "#f8ead2")
    cap = solid("M12 116C16 50 60 22 100 22C140 22 184 50 188 116C150 132 50 132 12 116Z", i.main)
    spots = "".join(
        oval(x, y, r, r * 0.8, SNOW) for x, y, r in ((64, 70, 14), (112, 54, 12), (146, 92, 13), (96, 98, 11), (40, 102, 9))
    )
    return disc(100, 150, 80, "url(#glow)") + stem + cap + spots


def rabbit_light(i: Ink) -> str:
    """A rabbit that glows."""
    glow = disc(100, 130, 96, "url(#glow)")
    ears = solid("M72 92C48 40 60 6 74 8C90 10 92 56 94 90Z", i.fill) + solid(
        "M108 90C110 52 118 8 132 10C146 12 148 52 128 94Z", i.fill
    )
    inner = plain("M78 82C64 46 68 22 74 22C82 24 84 56 86 82Z", i.accent) + plain(
        "M116 82C118 56 124 24 130 24C136 26 136 52 122 84Z", i.accent
    )
    body = solid("M100 82C138 82 152 108 144 130C166 150 160 200 132 200H68C40 200 34 150 56 130C48 108 62 82 100 82Z", i.fill)
    face = (
        disc(84, 116, 5, i.deep)
        + disc(116, 116, 5, i.deep)
        + plain("M94 126H106L100 134Z", i.accent)
        + stroke("M100 134V140", i.deep, 3)
    )
    return glow + ears + faint(inner, 0.5) + body + face


def chandelier(i: Ink) -> str:
    """Five arms with candles."""
    arms = stroke(
        "M100 20V150M100 130C60 170 24 150 24 110M100 130C140 170 176 150 176 110M100 120C76 150 60 130 60 96M100 120C124 150 140 130 140 96",
        i.main,
        7,
    )
    lights = "".join(
        slab(x - 8, y - 30, 16, 32, SNOW, 3) + flame(x, y - 30, 0.6) for x, y in ((24, 108), (60, 92), (140, 92), (176, 108))
    )
    drops = "".join(
        plain(f"M{x} 152C{x - 9} 170 {x - 6} 182 {x} 182C{x + 6} 182 {x + 9} 170 {x} 152Z", i.light)
        for x in (40, 70, 100, 130, 160)
    )
    return stroke("M100 0V24", i.deep, 3) + arms + lights + drops


def string_lights(i: Ink) -> str:
    """Little lights on a wire, in two swags."""
    wires = stroke(
        "M-40 30C20 110 90 110 130 40C160 90 210 90 250 30M-40 110C20 190 110 190 160 120C190 160 220 150 250 120", i.deep, 3
    )
    bulbs = "".join(
        disc(x, y + 12, 30, "url(#glow)") + ball(x, y + 12, 12, colour) + box(x - 5, y - 6, 10, 10, i.deep, 2)
        for x, y, colour in (
            (-4, 66, i.main),
            (40, 88, i.accent),
            (88, 82, i.light),
            (152, 66, i.main),
            (196, 70, i.accent),
            (20, 154, i.light),
            (70, 168, i.main),
            (122, 158, i.accent),
            (182, 142, i.main),
        )
    )
    return wires + bulbs


def incense(i: Ink) -> str:
    """Sticks in a holder, smoking."""
    smoke = faint(stroke("M86 40C70 24 100 14 86 -6M112 34C98 20 124 10 112 -10", SNOW, 6), 0.85)
    sticks = stroke("M100 160 86 44M104 160 112 38M98 160 66 66M106 160 136 64", i.deep, 4)
    tips = "".join(disc(x, y, 5, "#e2673c") for x, y in ((86, 44), (112, 38), (66, 66), (136, 64)))
    return (
        smoke
        + sticks
        + tips
        + solid("M48 150H152C152 188 132 200 100 200C68 200 48 188 48 150Z", i.fill)
        + oval(100, 150, 52, 9, i.dark)
    )


def star_light(i: Ink) -> str:
    """A star that hangs and glows."""
    return (
        stroke("M100 0V40", i.deep, 3)
        + disc(100, 110, 100, "url(#glow)")
        + moved(solid(STAR, i.fill), 0, 14)
        + stroke("M100 36V114M100 114 46 190M100 114 154 190M100 114 20 96M100 114 180 96", i.light, 3)
    )
