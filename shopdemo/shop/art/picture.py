"""A picture of one thing in its room, 400 by 400."""

from __future__ import annotations

import random
from dataclasses import replace

from shopdemo.shop.art.choose import SHELVES, Motif, Stance, motif_of
from shopdemo.shop.art.ink import INKS, PALE, SNOW, Ink, Room, ink_name, room_of
from shopdemo.shop.art.patterns import as_pattern, pattern_of
from shopdemo.shop.art.shapes import box, disc, faint, flower, heart, moved, oval, plain, sprig, star, stroke
from shopdemo.shop.names import pieces_of

SIDE = 400
GROUND = 322
"""Where things stand."""

GRADIENTS = (
    '<linearGradient id="shade" x1="0" x2="1" y1="0" y2=".25"><stop offset=".3" stop-color="#fff" stop-opacity=".12"/>'
    '<stop offset=".55" stop-color="#2b1a24" stop-opacity="0"/><stop offset="1" stop-color="#2b1a24" stop-opacity=".24"/></linearGradient>'
    '<radialGradient id="glow"><stop offset="0" stop-color="#ffdf8e" stop-opacity=".75"/><stop offset="1" stop-color="#ffdf8e" stop-opacity="0"/></radialGradient>'
    '<radialGradient id="sun" cx=".22" cy=".12" r="1"><stop offset="0" stop-color="#fff" stop-opacity=".62"/><stop offset=".6" stop-color="#fff" stop-opacity="0"/>'
    '<stop offset="1" stop-color="#2b1a24" stop-opacity=".12"/></radialGradient>'
)


def product_picture(code: str, title: str, category: str) -> str:
    """The SVG of a product: what its title says it is, in the colours and patterns that it names."""
    dice = random.Random(f"art/{code}")
    folded = title.upper()
    room = room_of(category)
    name = ink_name(folded, room, dice)
    ink, marks = INKS[name], pattern_of(folded, INKS[name])
    if marks:
        ink = replace(ink, surface="url(#p)")
    count = min(3, max(1, pieces_of(folded)))
    defs = GRADIENTS + (as_pattern("p", ink, marks) if marks else "")
    stage = _stage(room, dice, darker=name in PALE)
    return _svg(SIDE, SIDE, defs, stage + _placed(motif_of(folded, category), ink, count, _company(room, ink)))


def category_picture(category: str) -> str:
    """The SVG of a shelf, 400 by 300: what stands for it, large."""
    room = room_of(category)
    dice = random.Random(f"art/shelf/{category}")
    ink = INKS[room.inks[0]]
    motif = SHELVES.get(category, motif_of("", category))
    drawn = _stage(room, dice, darker=False) + _placed(motif, ink, 1, ())
    return _svg(SIDE, 300, GRADIENTS, moved(drawn, 0, -58))


def _svg(width: int, height: int, defs: str, shapes: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f"<defs>{defs}</defs>{shapes}</svg>"
    )


def _stage(room: Room, dice: random.Random, *, darker: bool) -> str:
    wall = room.floor if darker else room.wall
    far = room.leaf if darker else room.far
    back = dice.choice((_sun, _arch, _window, _paper, _hill))(far, room, dice)
    floor = box(0, 296, SIDE, 104, room.leaf if darker else room.floor) + box(0, 296, SIDE, 5, "#ffffff40")
    return box(0, 0, SIDE, SIDE, wall) + back + floor + _props(room, dice) + box(0, 0, SIDE, SIDE, "url(#sun)")


def _sun(far: str, room: Room, dice: random.Random) -> str:
    return disc(dice.choice((170, 200, 230)), 190, 142, far)


def _arch(far: str, room: Room, dice: random.Random) -> str:
    return plain("M72 296V182C72 20 328 20 328 182V296Z", far) + faint(
        f'<path d="M50 296V182C50 -8 350 -8 350 182V296" fill="none" stroke="{far}" stroke-width="4"/>', 0.9
    )


def _window(far: str, room: Room, dice: random.Random) -> str:
    x = dice.choice((34, 226))
    pane = box(x, 36, 140, 176, far, 6) + box(x + 10, 46, 56, 74, SNOW, 2) + box(x + 74, 46, 56, 74, SNOW, 2)
    return faint(
        pane + box(x + 10, 128, 56, 74, SNOW, 2) + box(x + 74, 128, 56, 74, SNOW, 2) + box(x - 10, 210, 160, 12, far, 4), 0.85
    )


def _paper(far: str, room: Room, dice: random.Random) -> str:
    mark = dice.choice((disc(0, 0, 6, far), star(0, 0, 20, far), heart(0, 0, 20, far), flower(0, 0, 24, far, room.wall)))
    return "".join(moved(mark, x + (26 if row % 2 else 0), 24 + 44 * row) for row in range(6) for x in range(20, 420, 52))


def _hill(far: str, room: Room, dice: random.Random) -> str:
    return plain("M0 210C70 150 150 196 210 222C270 170 340 170 400 204V300H0Z", far) + disc(dice.choice((86, 316)), 88, 40, far)


def _props(room: Room, dice: random.Random) -> str:
    kind = dice.randrange(4)
    if kind == 0:
        return moved(sprig(0, 0, 120, room.leaf), 46, 326, 1, -8) + moved(sprig(0, 0, 92, room.leaf), 70, 330, 1, 16)
    if kind == 1:
        return moved(sprig(0, 0, 124, room.leaf), 356, 328, 1, 10) + moved(sprig(0, 0, 84, room.leaf), 332, 330, 1, -18)
    if kind == 2:
        return faint(
            "".join(star(x, y, size, SNOW) for x, y, size in ((58, 84, 26), (344, 60, 34), (330, 150, 18), (88, 168, 16))), 0.9
        )
    return ""


def _company(room: Room, ink: Ink) -> tuple[Ink, ...]:
    """The colours of the others in a set."""
    others = [INKS[name] for name in room.inks if INKS[name].main != ink.main]
    return tuple(others[:2])


def _placed(motif: Motif, ink: Ink, count: int, company: tuple[Ink, ...]) -> str:
    match motif.stance:
        case Stance.ACROSS:
            return moved(motif.draw(ink), 60, 66, 1.4)
        case Stance.HANGS:
            return _hanging(motif, ink, count, company)
        case Stance.ON_WALL:
            return _on_wall(motif, ink, count, company)
    return _standing(motif, ink, count, company)


def _standing(motif: Motif, ink: Ink, count: int, company: tuple[Ink, ...]) -> str:
    if count == 1 or not company:
        return oval(200, GROUND + 4, 128, 15, "#2b1a2430") + moved(motif.draw(ink), 76, GROUND - 248, 1.24)
    behind = [(40, 0.86), (206, 0.9)] if count > 2 and len(company) > 1 else [(186, 0.92)]
    front = (104, 0.98) if len(behind) > 1 else (48, 1.02)
    shapes = oval(200, GROUND + 10, 168, 17, "#2b1a2430")
    for other, (x, scale) in zip(company, behind, strict=False):
        shapes += moved(motif.draw(other), x, GROUND - 14 - 200 * scale, scale)
    return shapes + moved(motif.draw(ink), front[0], GROUND + 8 - 200 * front[1], front[1])


def _hanging(motif: Motif, ink: Ink, count: int, company: tuple[Ink, ...]) -> str:
    if count == 1 or not company:
        return stroke("M200 0V70", ink.deep, 3) + moved(motif.draw(ink), 76, 52, 1.24)
    places = [(26, 20, 0.82), (210, 40, 0.82)]
    shapes = "".join(
        stroke(f"M{x + 100 * scale:g} 0V{y + 6}", other.deep, 2.5) + moved(motif.draw(other), x, y, scale)
        for other, (x, y, scale) in zip(company, places, strict=False)
    )
    return shapes + stroke("M200 0V112", ink.deep, 3) + moved(motif.draw(ink), 106, 104, 0.94)


def _on_wall(motif: Motif, ink: Ink, count: int, company: tuple[Ink, ...]) -> str:
    if count < 3 or len(company) < 2:
        return oval(208, 296, 96, 9, "#2b1a2422") + moved(motif.draw(ink), 80, 52, 1.2)
    others = moved(motif.draw(company[0]), 30, 36, 0.78) + moved(motif.draw(company[1]), 214, 50, 0.78)
    return others + moved(motif.draw(ink), 112, 116, 0.88)
