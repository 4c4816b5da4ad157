"""Garden, birds and other animals."""

from __future__ import annotations

from shopdemo.shop.art.ink import SNOW, Ink
from shopdemo.shop.art.shapes import ball, box, disc, faint, flower, heart, moved, oval, plain, slab, solid, sprig, stroke


def watering_can(i: Ink) -> str:
    """A can, pouring."""
    drops = faint(stroke("M16 92 10 108M26 100 22 118M8 118 2 134M30 124 26 140", "#6fa8c4", 5), 0.9)
    spout = solid("M66 168 26 92 6 96 14 76 40 66 46 80 84 132Z", i.dark)
    handle = stroke("M92 98C96 20 178 30 172 140", i.dark, 11)
    return (
        drops
        + spout
        + handle
        + solid("M70 96H162L170 188C170 196 164 200 156 200H76C68 200 62 196 62 188Z", i.fill)
        + oval(116, 96, 46, 9, i.dark)
    )


def pot_plant(i: Ink) -> str:
    """A plant in its pot."""
    leaves = sprig(100, 130, 128, "#6f9a6d") + sprig(84, 132, 96, "#86ad76", -30) + sprig(116, 132, 96, "#5c8560", 30)
    return (
        leaves
        + flower(100, 22, 44, i.accent, i.light)
        + solid("M44 138H156L142 192C141 198 138 200 132 200H68C62 200 59 198 58 192Z", i.fill)
        + slab(36, 122, 128, 24, i.dark, 6)
    )


def birdhouse(i: Ink) -> str:
    """A house for birds."""
    post = slab(92, 150, 16, 50, "#93653c")
    return (
        post
        + slab(46, 70, 108, 88, i.fill, 4)
        + solid("M26 82 100 14 174 82 162 94 100 38 38 94Z", i.dark)
        + disc(100, 104, 21, i.deep)
        + slab(84, 136, 32, 8, "#93653c", 4)
        + moved(bird(i), 96, 96, 0.36)
    )


def parasol(i: Ink) -> str:
    """A parasol in the sun."""
    panels = solid("M4 92C30 30 74 12 100 12C126 12 170 30 196 92Z", i.fill) + plain(
        "M58 92C64 50 86 16 100 12C114 16 136 50 142 92Z", i.light
    )
    return slab(96, 60, 9, 140, "#b98a5b", 4) + panels + oval(100, 198, 40, 7, i.dark) + disc(100, 10, 6, i.accent)


def trowel(i: Ink) -> str:
    """Fork and trowel."""
    left = moved(
        slab(-9, 0, 18, 74, i.fill, 8)
        + box(-4, 70, 8, 34, "#a9b0b6")
        + solid("M-24 100H24C26 140 12 166 0 176C-12 166 -26 140 -24 100Z", "#b8bfc5"),
        64,
        14,
        1,
        8,
    )
    right = moved(
        slab(-9, 0, 18, 74, i.accent, 8)
        + box(-4, 70, 8, 34, "#a9b0b6")
        + stroke("M-20 112V168M0 104V172M20 112V168M-20 112C-20 98 20 98 20 112", "#a9b0b6", 8),
        140,
        14,
        1,
        -8,
    )
    return left + right


def thermometer(i: Ink) -> str:
    """A thermometer for the garden."""
    plate = slab(56, 6, 88, 188, i.fill, 20) + box(92, 28, 16, 120, SNOW, 8)
    return (
        plate
        + box(96, 76, 8, 74, "#c9473f", 4)
        + ball(100, 158, 16, "#c9473f")
        + stroke("M114 44H128M114 66H122M114 88H128M114 110H122", i.deep, 4)
    )


def windmill(i: Ink) -> str:
    """A windmill for the flower bed."""
    wings = "".join(
        moved(solid("M0 0C0 -40 20 -70 62 -64C50 -40 30 -14 0 0Z", fill), 100, 76, 1, turn)
        for turn, fill in ((0, i.main), (90, i.accent), (180, i.light), (270, i.dark))
    )
    return slab(96, 80, 8, 120, "#b98a5b", 4) + wings + disc(100, 76, 9, SNOW)


def hamper(i: Ink) -> str:
    """A hamper for a picnic."""
    lid = solid("M14 96 40 48H160L186 96Z", i.fill)
    body = slab(14, 96, 172, 100, "#c1946a", 8) + stroke(
        "M14 122H186M14 148H186M14 174H186M50 98V194M100 98V194M150 98V194", "#93653c", 4
    )
    return (
        stroke("M76 48C76 14 124 14 124 48", "#93653c", 9)
        + body
        + lid
        + slab(60, 88, 14, 34, i.dark, 4)
        + slab(126, 88, 14, 34, i.dark, 4)
    )


def bird(i: Ink) -> str:
    """A bird."""
    tail = solid("M46 116 2 92 10 136Z", i.dark)
    body = solid(
        "M34 122C34 74 84 52 120 62C132 36 174 40 176 74L198 84 176 92C172 148 130 176 92 172C56 168 34 150 34 122Z", i.fill
    )
    wing = plain("M62 104C84 92 122 96 134 116C118 150 80 150 62 104Z", i.accent)
    return (
        stroke("M92 170V198M116 166V198M80 198H104M106 198H130", i.deep, 5)
        + tail
        + body
        + wing
        + disc(150, 72, 6, i.deep)
        + plain("M174 74 198 84 174 92Z", "#e0a13f")
    )


def butterfly(i: Ink) -> str:
    """A butterfly."""
    wings = "".join(
        f'<g transform="translate(100 100) scale({side} 1)">{solid("M0 0C20 -80 92 -92 92 -44C92 -10 40 6 0 0Z", i.fill)}{solid("M0 4C50 6 78 30 66 62C52 90 10 60 0 4Z", i.accent)}{disc(58, -46, 12, i.light)}{disc(40, 40, 9, i.light)}</g>'
        for side in (1, -1)
    )
    return wings + oval(100, 104, 7, 46, i.deep) + stroke("M98 62C92 40 84 34 76 32M102 62C108 40 116 34 124 32", i.deep, 3)


def owl(i: Ink) -> str:
    """An owl."""
    body = solid(
        "M40 60C36 24 60 36 72 40C90 32 110 32 128 40C140 36 164 24 160 60C180 110 172 196 100 196C28 196 20 110 40 60Z", i.fill
    )
    eyes = disc(70, 84, 26, SNOW) + disc(130, 84, 26, SNOW) + disc(72, 86, 12, i.deep) + disc(128, 86, 12, i.deep)
    belly = oval(100, 152, 40, 36, i.light) + stroke(
        "M78 140 88 150 98 140M102 140 112 150 122 140M90 160 100 170 110 160", i.dark, 4
    )
    return body + belly + eyes + plain("M90 96H110L100 116Z", "#e0a13f") + stroke("M78 196V204M122 196V204", "#e0a13f", 7)


def cat(i: Ink) -> str:
    """A cat, sitting."""
    tail = stroke("M140 180C190 184 190 120 166 116", i.dark, 13)
    body = solid("M100 96C142 100 152 150 148 200H52C48 150 58 100 100 96Z", i.fill)
    head = solid("M52 30 78 46C92 40 108 40 122 46L148 30C152 60 154 82 140 98C122 116 78 116 60 98C46 82 48 60 52 30Z", i.fill)
    face = (
        disc(82, 74, 5, i.deep)
        + disc(118, 74, 5, i.deep)
        + plain("M94 84H106L100 91Z", i.accent)
        + stroke("M100 91V96M62 84 44 80M62 90 44 92M138 84 156 80M138 90 156 92", i.deep, 2.5)
    )
    return tail + body + head + face + heart(100, 128, 26, i.accent)


def dog(i: Ink) -> str:
    """A dog, waiting."""
    body = solid("M70 100H132C158 120 160 170 156 200H56C54 160 56 120 70 100Z", i.fill)
    head = solid("M56 40C70 22 130 22 144 40C156 70 140 112 100 114C60 112 44 70 56 40Z", i.fill)
    ears = solid("M60 36C30 30 26 80 40 96C54 98 62 70 66 52Z", i.dark) + solid(
        "M140 36C170 30 174 80 160 96C146 98 138 70 134 52Z", i.dark
    )
    return (
        body
        + head
        + ears
        + oval(100, 90, 26, 19, SNOW)
        + disc(82, 62, 5, i.deep)
        + disc(118, 62, 5, i.deep)
        + oval(100, 80, 10, 7, i.deep)
        + slab(70, 108, 60, 11, i.accent, 5)
    )


def elephant(i: Ink) -> str:
    """An elephant."""
    body = solid(
        "M24 200V120C24 66 70 50 106 54C150 44 184 70 182 112C182 150 198 158 194 172C182 182 164 168 164 146V200H134V166H72V200Z",
        i.fill,
    )
    return (
        body
        + solid("M104 66C80 60 66 84 78 112C92 128 116 122 122 104Z", i.dark)
        + disc(142, 88, 6, i.deep)
        + stroke("M24 128C10 130 8 150 14 158", i.dark, 6)
    )


def frog(i: Ink) -> str:
    """A frog."""
    body = solid("M20 160C20 100 56 78 100 78C144 78 180 100 180 160C180 188 150 196 100 196C50 196 20 188 20 160Z", "#7fa36b")
    eyes = (
        ball(62, 74, 26, "#7fa36b")
        + ball(138, 74, 26, "#7fa36b")
        + disc(62, 70, 14, SNOW)
        + disc(138, 70, 14, SNOW)
        + disc(64, 72, 7, i.deep)
        + disc(136, 72, 7, i.deep)
    )
    return (
        body + eyes + stroke("M58 132C80 152 120 152 142 132", i.deep, 5) + disc(46, 134, 9, i.main) + disc(154, 134, 9, i.main)
    )


def strawberry(i: Ink) -> str:
    """A strawberry."""
    fruit = solid("M100 60C146 34 184 66 172 110C162 152 124 184 100 198C76 184 38 152 28 110C16 66 54 34 100 60Z", i.main)
    seeds = "".join(
        oval(x, y, 4, 6, i.light)
        for x, y in ((64, 92), (100, 98), (136, 92), (80, 124), (120, 124), (100, 152), (52, 116), (148, 116))
    )
    return (
        fruit
        + seeds
        + plain(
            "M100 62C70 74 58 52 44 50C66 30 84 34 94 40C96 24 106 18 112 12L118 20C110 28 106 34 106 40C118 34 136 30 156 50C142 52 130 74 100 62Z",
            "#6f9a6d",
        )
    )


def apple(i: Ink) -> str:
    """An apple."""
    fruit = solid("M100 66C132 40 184 58 178 116C174 164 146 204 100 192C54 204 26 164 22 116C16 58 68 40 100 66Z", i.main)
    return (
        stroke("M100 66C100 46 104 36 112 24", "#7a5434", 7)
        + fruit
        + plain("M108 48C120 22 150 22 164 28C156 52 130 58 108 48Z", "#6f9a6d")
        + faint(oval(58, 104, 10, 22, "#fff"), 0.4)
    )


def bouquet(i: Ink) -> str:
    """Flowers, tied."""
    stems = stroke("M100 120 60 62M100 120 140 60M100 120V44M100 120 84 200M100 120 116 200M100 120V204", "#7d9c6c", 6)
    blooms = (
        flower(56, 58, 76, i.main, i.accent) + flower(144, 58, 76, i.light, i.accent) + flower(100, 38, 84, i.accent, i.light)
    )
    return (
        stems
        + sprig(78, 116, 76, "#7d9c6c", -52)
        + sprig(122, 116, 76, "#7d9c6c", 52)
        + blooms
        + slab(80, 128, 40, 18, i.dark, 8)
    )
