"""The strokes that pictures are made of.

Light falls from the upper left: `solid` is a shape with its shaded side, `plain` one without. `#shade` is defined by the picture.
"""

from __future__ import annotations


def plain(d: str, fill: str, more: str = "") -> str:
    """A filled path."""
    return f'<path d="{d}" fill="{fill}"{more}/>'


def solid(d: str, fill: str) -> str:
    """A filled path whose right side lies in the shade."""
    return f'<path d="{d}" fill="{fill}"/><path d="{d}" fill="url(#shade)"/>'


def stroke(d: str, colour: str, width: float = 4) -> str:
    """A line with round ends."""
    return f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{width}" stroke-linecap="round" stroke-linejoin="round"/>'


def disc(x: float, y: float, radius: float, fill: str) -> str:
    """A circle."""
    return f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" fill="{fill}"/>'


def ball(x: float, y: float, radius: float, fill: str) -> str:
    """A circle whose right side lies in the shade."""
    return disc(x, y, radius, fill) + disc(x, y, radius, "url(#shade)")


def oval(x: float, y: float, width: float, height: float, fill: str) -> str:
    """An ellipse of these radii."""
    return f'<ellipse cx="{x:g}" cy="{y:g}" rx="{width:g}" ry="{height:g}" fill="{fill}"/>'


def box(x: float, y: float, width: float, height: float, fill: str, round_: float = 0) -> str:
    """A rectangle with rounded corners."""
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="{round_:g}" fill="{fill}"/>'


def slab(x: float, y: float, width: float, height: float, fill: str, round_: float = 0) -> str:
    """A rectangle whose right side lies in the shade."""
    return box(x, y, width, height, fill, round_) + box(x, y, width, height, "url(#shade)", round_)


def moved(shapes: str, x: float, y: float, scale: float = 1, turn: float = 0) -> str:
    """Shapes somewhere else, larger or smaller, turned by so many degrees."""
    turned = f" rotate({turn:g})" if turn else ""
    return f'<g transform="translate({x:g} {y:g}){turned} scale({scale:g})">{shapes}</g>'


def faint(shapes: str, opacity: float) -> str:
    """Shapes that one can see through."""
    return f'<g opacity="{opacity:g}">{shapes}</g>'


HEART = "M100 172C40 128 24 96 24 70A38 38 0 0 1 100 56A38 38 0 0 1 176 70C176 96 160 128 100 172Z"
STAR = "M100 22 123 76 182 81 137 119 151 177 100 146 49 177 63 119 18 81 77 76Z"
LEAF = "M0 0C12 -22 40 -28 64 -20C54 4 26 14 0 0Z"


def heart(x: float, y: float, size: float, fill: str) -> str:
    """A heart of this width about (x, y)."""
    return moved(plain(HEART, fill), x - size / 2, y - size / 2, size / 200)


def star(x: float, y: float, size: float, fill: str) -> str:
    """A star of this width about (x, y)."""
    return moved(plain(STAR, fill), x - size / 2, y - size / 2, size / 200)


def flower(x: float, y: float, size: float, petals: str, middle: str) -> str:
    """Five petals of this width about (x, y)."""
    leaves = "".join(moved(oval(0, -26, 17, 25, petals), 0, 0, 1, angle) for angle in range(0, 360, 72))
    return moved(leaves + disc(0, 0, 14, middle), x, y, size / 104)


def sprig(x: float, y: float, size: float, colour: str, turn: float = 0) -> str:
    """A twig with seven leaves, growing upward from (x, y)."""
    stem = stroke("M0 0C4 -40 -4 -80 2 -124", colour, 4)
    right = "".join(moved(plain(LEAF, colour), 0, -20 - 34 * step, 0.62, -28) for step in range(3))
    left = "".join(moved(moved(plain(LEAF, colour), 0, 0, 0.62, -28), 0, -34 - 34 * step) for step in range(3))
    mirrored = f'<g transform="scale(-1 1)">{left}</g>'
    return moved(stem + right + mirrored + moved(plain(LEAF, colour), 2, -122, 0.6, -78), x, y, size / 150, turn)


def flame(x: float, y: float, size: float = 1) -> str:
    """A candle's flame standing at (x, y), with its glow."""
    glow = disc(0, -18, 44, "url(#glow)")
    outer = plain("M0 0C-16 -6 -15 -22 0 -44C15 -22 16 -6 0 0Z", "#f6a63a")
    return moved(glow + outer + plain("M0 -2C-8 -5 -7 -14 0 -26C7 -14 8 -5 0 -2Z", "#fff1c1"), x, y, size)
