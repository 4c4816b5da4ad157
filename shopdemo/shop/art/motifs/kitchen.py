"""Cups, pots and what is baked in them."""

from __future__ import annotations

from shopdemo.shop.art.ink import SNOW, Ink
from shopdemo.shop.art.shapes import box, disc, faint, flower, heart, moved, oval, plain, slab, solid, stroke


def _steam() -> str:
    return faint(stroke("M80 40C70 26 90 18 80 2M110 40C100 26 120 18 110 2", SNOW, 6), 0.8)


def mug(i: Ink) -> str:
    """A mug, steaming."""
    handle = stroke("M142 92C186 84 186 160 138 156", i.dark, 14)
    body = solid("M40 66H146V168C146 190 134 200 116 200H70C52 200 40 190 40 168Z", i.fill)
    return _steam() + handle + body + oval(93, 66, 53, 11, i.dark) + oval(93, 68, 45, 7, "#6b4430")


def teacup(i: Ink) -> str:
    """A cup on its saucer."""
    saucer = oval(98, 186, 92, 14, i.dark) + oval(98, 181, 92, 13, SNOW) + oval(98, 180, 60, 7, i.light)
    handle = stroke("M146 100C186 90 184 146 134 142", i.dark, 10)
    cup = solid("M38 84H158C158 140 134 178 98 178C62 178 38 140 38 84Z", i.fill)
    rim = oval(98, 84, 60, 12, SNOW) + oval(98, 86, 52, 8, "#a8622f")
    return _steam() + saucer + handle + cup + rim


def teapot(i: Ink) -> str:
    """A round pot with a bent spout."""
    spout = solid("M46 128C16 122 22 82 4 70L18 62C40 74 34 100 62 102Z", i.dark)
    handle = stroke("M148 96C198 84 196 166 146 160", i.dark, 12)
    body = solid("M100 74C150 74 166 108 160 146C156 178 136 198 100 198C64 198 44 178 40 146C34 108 50 74 100 74Z", i.fill)
    lid = solid("M58 84C62 60 138 60 142 84C120 92 80 92 58 84Z", i.dark) + disc(100, 56, 11, i.accent)
    return spout + handle + body + lid + oval(100, 196, 40, 6, i.dark)


def cakestand(i: Ink) -> str:
    """Three tiers, laid with cakes."""
    pole = box(96, 8, 8, 186, i.dark, 4) + disc(100, 10, 9, i.accent)
    tiers = "".join(
        oval(100, y + 5, width, 8, i.dark) + oval(100, y, width, 8, i.fill) + oval(100, y - 1, width - 10, 5, i.light)
        for y, width in ((190, 94), (124, 70), (62, 46))
    )
    cakes = "".join(
        moved(cupcake(i), x, y, 0.2) for x, y in ((24, 150), (58, 151), (106, 151), (142, 150), (46, 84), (116, 84), (80, 22))
    )
    return pole + tiers + cakes


def cupcake(i: Ink) -> str:
    """A cake in its paper case."""
    case = solid("M44 118H156L140 200H60Z", i.fill) + stroke(
        "M66 122 76 198M88 122 92 198M112 122 108 198M134 122 124 198", i.dark, 3
    )
    cream = solid(
        "M36 120C28 92 52 84 58 82C52 52 84 40 100 26C116 40 148 52 142 82C148 84 172 92 164 120C130 132 70 132 36 120Z", i.light
    )
    swirl = stroke("M58 84C84 96 122 94 142 82M76 58C92 68 112 66 128 56", SNOW, 6)
    return case + cream + swirl + disc(100, 24, 14, i.accent)


def tins(i: Ink) -> str:
    """Round tins, one on the other."""
    parts = []
    for y, width, height, lid in ((140, 76, 58, i.dark), (80, 60, 54, i.accent), (26, 44, 46, i.dark)):
        parts.append(
            solid(
                f"M{100 - width} {y}V{y + height}C{100 - width} {y + height + 14} {100 + width} {y + height + 14} {100 + width} {y + height}V{y}Z",
                i.fill,
            )
        )
        parts.append(
            solid(
                f"M{100 - width - 4} {y - 6}V{y + 8}C{100 - width - 4} {y + 22} {100 + width + 4} {y + 22} {100 + width + 4} {y + 8}V{y - 6}Z",
                lid,
            )
        )
        parts.append(oval(100, y - 6, width + 4, 10, i.light))
    return "".join(parts) + disc(100, 16, 6, i.accent)


def bowl(i: Ink) -> str:
    """A bowl on its foot."""
    body = solid("M14 100H186C186 158 150 190 100 190C50 190 14 158 14 100Z", i.fill)
    return box(66, 184, 68, 16, i.dark, 6) + body + oval(100, 100, 86, 16, i.light) + oval(100, 103, 74, 11, i.dark)


def plate(i: Ink) -> str:
    """A plate on a stand, seen from the front."""
    rim = disc(100, 104, 94, i.dark) + disc(98, 102, 92, i.fill) + disc(98, 102, 92, "url(#shade)")
    return (
        rim
        + disc(98, 102, 62, SNOW)
        + flower(98, 102, 64, i.main, i.accent)
        + stroke("M60 196 76 178M140 196 124 178", i.deep, 8)
    )


def jar(i: Ink) -> str:
    """A jar of jam with a cloth tied over it."""
    glass = solid("M48 78H152V176C152 192 144 200 130 200H70C56 200 48 192 48 176Z", i.light)
    jam = solid("M56 96H144V176C144 188 138 192 128 192H72C62 192 56 188 56 176Z", "#a5304a")
    cloth = solid(
        "M34 84C46 60 44 40 60 30H140C156 40 154 60 166 84C150 76 140 92 124 80C112 92 90 92 78 80C62 92 50 76 34 84Z", i.fill
    )
    label = box(70, 118, 60, 46, SNOW, 6) + heart(100, 141, 34, i.main)
    return glass + jam + cloth + stroke("M56 66C84 74 116 74 144 66", i.accent, 6) + label


def bottle(i: Ink) -> str:
    """A bottle with a stopper."""
    body = solid(
        "M80 54V84C60 96 54 108 54 126V182C54 194 62 200 74 200H126C138 200 146 194 146 182V126C146 108 140 96 120 84V54Z", i.fill
    )
    return (
        box(84, 20, 32, 24, "#b98a5b", 6)
        + box(76, 42, 48, 16, i.dark, 6)
        + body
        + box(66, 126, 68, 46, SNOW, 6)
        + flower(100, 149, 34, i.main, i.accent)
    )


def jug(i: Ink) -> str:
    """A jug with flowers in it."""
    blooms = "".join(
        stroke(f"M100 90 {x} {y}", "#7d9c6c", 5) + flower(x, y, size, petals, i.accent)
        for x, y, size, petals in ((60, 34, 50, i.light), (140, 30, 54, SNOW), (100, 12, 46, i.main))
    )
    handle = stroke("M146 104C188 100 186 166 144 166", i.dark, 12)
    body = solid(
        "M46 72C60 84 60 94 54 108C38 150 58 200 74 200H128C146 200 164 150 148 108C142 94 142 84 152 78C120 84 80 86 46 72Z",
        i.fill,
    )
    return blooms + handle + body


def cutlery(i: Ink) -> str:
    """Knife, fork and spoon in a napkin."""
    fork = box(62, 70, 10, 110, i.dark, 5) + stroke("M54 20V52C54 70 80 70 80 52V20M67 20V60", i.dark, 7)
    knife = box(96, 90, 10, 90, i.dark, 5) + plain("M94 96V20C116 30 116 76 108 96Z", i.light)
    spoon = box(132, 84, 10, 96, i.dark, 5) + oval(137, 52, 17, 34, i.light)
    cloth = solid("M28 116C60 104 140 104 172 116L160 200H40Z", i.fill)
    return fork + knife + spoon + cloth + stroke("M34 148C70 138 130 138 166 148", i.accent, 9)


def apron(i: Ink) -> str:
    """An apron on its hook."""
    ties = stroke("M70 44C76 -6 124 -6 130 44M44 96C20 96 16 120 6 130M156 96C180 96 184 120 194 130", i.dark, 6)
    body = solid("M68 40H132C132 66 142 84 162 92V184C130 200 70 200 38 184V92C58 84 68 66 68 40Z", i.fill)
    pocket = solid("M68 124H132V158C132 172 68 172 68 158Z", i.dark)
    return ties + body + pocket + heart(100, 74, 26, i.accent)


def egg_cup(i: Ink) -> str:
    """An egg in its cup."""
    egg = solid("M100 30C128 30 146 76 146 104C146 132 126 146 100 146C74 146 54 132 54 104C54 76 72 30 100 30Z", "#f6e3c8")
    cup = solid(
        "M46 100H154C154 140 134 154 116 158C114 174 122 186 140 192V200H60V192C78 186 86 174 84 158C66 154 46 140 46 100Z",
        i.fill,
    )
    return (
        egg
        + cup
        + oval(100, 101, 54, 9, i.dark)
        + plain("M54 98C60 60 80 30 100 30C120 30 140 60 146 98C130 106 70 106 54 98Z", "#f6e3c8")
    )


def mould(i: Ink) -> str:
    """A jelly, turned out."""
    jelly = solid("M46 178C46 120 58 60 72 60C76 46 92 46 100 54C108 46 124 46 128 60C142 60 154 120 154 178Z", i.fill)
    return (
        oval(100, 184, 92, 16, i.dark)
        + oval(100, 178, 92, 15, SNOW)
        + jelly
        + stroke("M78 70C72 110 70 140 70 172M122 70C128 110 130 140 130 172M100 60V174", i.dark, 3)
    )


def pan(i: Ink) -> str:
    """A pan with its lid."""
    handles = stroke("M20 122H4M180 122H196", i.deep, 12)
    body = solid("M24 106H176V170C176 190 164 200 146 200H54C36 200 24 190 24 170Z", i.fill)
    return handles + body + solid("M24 108C30 72 170 72 176 108Z", i.dark) + box(88, 62, 24, 16, i.accent, 6)


def board(i: Ink) -> str:
    """A board with a loaf on it."""
    wood = solid("M20 150H164C172 150 174 158 180 158H194V176H180C174 176 172 200 164 200H20C10 200 10 150 20 150Z", "#c89a68")
    loaf = solid("M34 152C24 112 50 84 96 84C142 84 166 112 156 152Z", "#d39a55")
    return wood + loaf + stroke("M66 96 58 120M96 92 90 118M126 96 122 122", i.light, 7)


def napkins(i: Ink) -> str:
    """Folded paper, fanned out."""
    parts = (
        moved(solid("M0 0H92V92H0Z", fill), 100, 196, 1.2, turn)
        for fill, turn in ((i.dark, -168), (i.light, -146), (i.fill, -124))
    )
    return moved("".join(parts), 30, 0) + disc(112, 190, 0, i.accent)


def timer(i: Ink) -> str:
    """Scales for the kitchen."""
    base = solid("M40 200C40 140 70 108 100 108C130 108 160 140 160 200Z", i.fill)
    pan_ = solid("M30 62H170C166 92 140 102 100 102C60 102 34 92 30 62Z", i.light)
    return (
        base
        + box(94, 92, 12, 20, i.dark)
        + pan_
        + disc(100, 156, 32, SNOW)
        + stroke("M100 156 116 138", i.accent, 5)
        + disc(100, 156, 5, i.deep)
    )


def tray(i: Ink) -> str:
    """A tray with tea on it."""
    wood = slab(6, 176, 188, 24, i.fill, 10) + stroke("M6 182C-6 156 14 150 18 176M194 182C206 156 186 150 182 176", i.dark, 8)
    return moved(teapot(i), 10, 52, 0.64) + moved(teacup(i), 108, 84, 0.48) + wood
