"""Cards, books, ribbons and pens."""

from __future__ import annotations

from shopdemo.shop.art.ink import SNOW, Ink
from shopdemo.shop.art.shapes import ball, box, disc, faint, flower, heart, moved, oval, plain, slab, solid, star, stroke


def card(i: Ink) -> str:
    """A card before its envelope."""
    envelope = moved(slab(0, 0, 150, 104, i.light, 4) + stroke("M4 6 75 60 146 6", i.dark, 4), 44, 84, 1, 6)
    front = moved(
        slab(0, 0, 112, 146, i.fill, 4)
        + box(14, 14, 84, 118, SNOW, 3)
        + heart(56, 66, 60, i.accent)
        + stroke("M32 112H80", i.dark, 5),
        22,
        34,
        1,
        -8,
    )
    return envelope + front


def notebook(i: Ink) -> str:
    """A book to write in, with a ribbon."""
    pages = slab(46, 22, 124, 172, SNOW, 6)
    cover = slab(36, 14, 124, 176, i.fill, 8) + box(36, 14, 20, 176, i.dark, 6)
    label = box(76, 50, 66, 48, SNOW, 4) + stroke("M88 68H130M88 82H118", i.dark, 4)
    return plain("M126 186V214L134 206 142 214V186Z", i.accent) + pages + cover + label


def book(i: Ink) -> str:
    """Books, piled up."""
    rows = ((164, 8, 178, i.fill), (128, 20, 160, i.accent), (92, 12, 168, i.dark), (56, 32, 140, i.light))
    return "".join(
        slab(x, y, width, 34, fill, 6) + box(x + 14, y + 7, width - 22, 20, SNOW, 3) + box(x, y, 22, 34, fill, 6)
        for y, x, width, fill in rows
    ) + heart(100, 34, 44, i.main)


def pencils(i: Ink) -> str:
    """Pencils in a cup."""
    fills = (i.main, i.accent, i.light, i.dark)
    sticks = "".join(
        moved(
            slab(-8, -130, 16, 130, fill) + plain("M-8 -130H8L0 -154Z", "#f1d6b2") + plain("M-3 -144H3L0 -154Z", i.deep),
            x,
            170,
            1,
            turn,
        )
        for x, turn, fill in ((70, -12, fills[0]), (90, -4, fills[1]), (112, 5, fills[2]), (130, 13, fills[3]))
    )
    return (
        sticks
        + solid("M48 106H152L144 190C144 196 140 200 134 200H66C60 200 56 196 56 190Z", i.fill)
        + oval(100, 106, 52, 9, i.dark)
    )


def pen(i: Ink) -> str:
    """A pen, and the line it has written."""
    line = stroke("M20 176C50 150 60 196 84 172C100 156 112 190 140 170", i.dark, 5)
    body = moved(
        slab(-12, -150, 24, 112, i.fill, 6)
        + plain("M-12 -40H12L0 -4Z", "#e7c069")
        + box(-12, -52, 24, 14, i.dark)
        + box(8, -148, 8, 56, i.accent, 4),
        104,
        160,
        1,
        28,
    )
    return line + body


def wrap(i: Ink) -> str:
    """Rolls of paper."""

    def roll(x: float, top: float, fill: str, turn: float) -> str:
        return moved(slab(-24, top, 48, -top, fill) + oval(0, top, 24, 9, i.light) + oval(0, top, 10, 4, i.deep), x, 196, 1, turn)

    return (
        roll(56, -150, i.dark, -9)
        + roll(146, -160, i.accent, 8)
        + roll(100, -182, i.fill, 0)
        + stroke("M74 120C90 130 110 130 126 120", i.accent, 10)
    )


def ribbon(i: Ink) -> str:
    """Reels of ribbon."""

    def reel(x: float, y: float, fill: str) -> str:
        return moved(
            slab(-38, -46, 76, 92, fill, 4)
            + oval(0, -46, 48, 13, "#d8b487")
            + oval(0, 46, 48, 13, "#b98f60")
            + oval(0, -47, 16, 5, i.deep),
            x,
            y,
        )

    tail = stroke("M138 170C170 176 160 204 192 196", i.main, 13)
    return tail + reel(58, 84, i.accent) + reel(142, 78, i.light) + reel(100, 144, i.fill)


def tape(i: Ink) -> str:
    """A roll of tape."""
    hoop = f'<circle cx="92" cy="116" r="58" fill="none" stroke="{i.main}" stroke-width="48"/><circle cx="92" cy="116" r="58" fill="none" stroke="{i.light}" stroke-width="10" stroke-dasharray="14 12"/>'
    return solid("M92 152H190V192L182 200 174 192 166 200 158 192 150 200H92Z", i.dark) + hoop


def stickers(i: Ink) -> str:
    """A sheet of stickers, or a pack of small things."""
    sheet = moved(slab(0, 0, 140, 176, SNOW, 8), 34, 14, 1, -4)
    things = (
        heart(70, 60, 46, i.main)
        + star(128, 54, 50, i.accent)
        + flower(72, 118, 54, i.light, i.accent)
        + ball(132, 112, 22, i.main)
        + heart(136, 164, 40, i.dark)
        + star(80, 168, 42, i.light)
    )
    return sheet + things


def tissues(i: Ink) -> str:
    """A pack of tissues."""
    tuft = solid("M70 92C60 50 88 56 84 28C104 34 100 56 120 40C130 60 118 76 132 92Z", SNOW)
    return (
        tuft
        + solid("M18 84H182V184C182 194 176 200 166 200H34C24 200 18 194 18 184Z", i.fill)
        + oval(100, 92, 46, 11, i.dark)
        + plain("M68 94C64 74 80 70 84 60C98 70 110 62 118 64C120 76 130 80 132 94Z", SNOW)
    )


def playing_cards(i: Ink) -> str:
    """A hand of cards."""

    def one(turn: float, mark: str) -> str:
        return moved(slab(-44, -140, 88, 128, SNOW, 9) + box(-36, -132, 72, 112, i.light, 5) + mark, 100, 204, 1, turn)

    return one(-24, heart(0, -76, 46, i.main)) + one(0, star(0, -76, 50, i.accent)) + one(24, heart(0, -76, 50, i.main))


def chalkboard(i: Ink) -> str:
    """A slate in a frame."""
    frame = slab(12, 24, 176, 140, "#c1946a", 8) + box(26, 38, 148, 112, "#3f4a48", 3)
    chalk = faint(heart(70, 92, 56, i.light), 0.9) + stroke("M110 74H156M110 94H148M110 114H156", SNOW, 4)
    return stroke("M52 24C70 -2 130 -2 148 24", i.deep, 3) + frame + chalk


def magnet(i: Ink) -> str:
    """Buttons that hold notes."""
    note = moved(slab(0, 0, 120, 120, "#fbeeb8", 3) + stroke("M20 48H98M20 70H86M20 92H94", "#b9a35e", 4), 40, 50, 1, -5)
    return note + ball(100, 52, 24, i.main) + heart(100, 53, 24, SNOW) + ball(40, 172, 20, i.accent) + ball(160, 164, 20, i.dark)


def calendar(i: Ink) -> str:
    """A calendar with a day marked."""
    sheet = slab(24, 34, 152, 160, SNOW, 8) + slab(24, 34, 152, 44, i.fill, 8)
    days = "".join(disc(50 + 25 * column, 102 + 26 * row, 6, i.light) for row in range(4) for column in range(5))
    return sheet + stroke("M60 20V46M140 20V46", i.deep, 8) + days + heart(125, 128, 30, i.accent)


def tag(i: Ink) -> str:
    """Luggage or gift tags on a string."""
    one = "M0 -40 26 -64H94V64H26L0 40Z"
    hole = disc(20, 0, 9, SNOW)
    back = moved(solid(one, i.accent) + hole, 66, 84, 1, 52)
    front = moved(solid(one, i.fill) + hole + heart(60, 0, 44, i.light), 84, 90, 1, 24)
    return back + front + stroke("M100 96C60 60 90 20 40 14", i.deep, 4)


def letter(i: Ink) -> str:
    """Blocks with letters."""

    def block(x: float, y: float, fill: str, mark: str, turn: float = 0) -> str:
        return moved(slab(-40, -80, 80, 80, fill, 8) + box(-30, -70, 60, 60, SNOW, 4) + moved(mark, 0, -40), x, y, 1, turn)

    a = stroke("M-16 20 0 -20 16 20M-10 6H10", i.main, 7)
    b = stroke("M-12 -20V20M-12 -20C16 -20 14 0 -12 0C18 0 18 20 -12 20", i.accent, 7)
    c = stroke("M16 -12C2 -30 -20 -16 -16 4C-14 24 8 26 16 12", i.dark, 7)
    return block(54, 200, i.fill, a) + block(146, 200, i.dark, c) + block(100, 118, i.accent, b, -4)
