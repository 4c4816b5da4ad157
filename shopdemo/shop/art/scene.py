"""Scenes of the shop window, 1440 by 560, one a season; the left third is left quiet for words."""

from __future__ import annotations

import random
from collections.abc import Callable
from types import MappingProxyType

from shopdemo.shop.art.ink import INKS, SNOW
from shopdemo.shop.art.motifs import festive, home, kitchen, light, outside, worn
from shopdemo.shop.art.picture import GRADIENTS
from shopdemo.shop.art.shapes import box, disc, faint, flower, moved, oval, plain, solid, sprig, stroke

WIDTH, HEIGHT = 1440, 560


def _sky(top: str, bottom: str) -> str:
    return (
        f'<defs>{GRADIENTS}<linearGradient id="sky" x1="0" x2="0" y1="0" y2="1"><stop offset="0" stop-color="{top}"/>'
        f'<stop offset="1" stop-color="{bottom}"/></linearGradient></defs>{box(0, 0, WIDTH, HEIGHT, "url(#sky)")}'
    )


def _hills(*colours: str) -> str:
    shapes = (
        "M0 360C220 260 420 300 640 350C860 270 1120 250 1440 330V560H0Z",
        "M0 420C260 350 520 400 760 410C1000 340 1220 360 1440 400V560H0Z",
        "M0 480C300 440 620 470 900 466C1120 440 1300 450 1440 466V560H0Z",
    )
    return "".join(plain(d, colour) for d, colour in zip(shapes, colours, strict=True))


def _on(motif: Callable[..., str], ink: str, x: float, foot: float, scale: float) -> str:
    """A thing of this ink with its foot at (x, foot), and the shadow it throws."""
    shadow = oval(x + 8 * scale, foot + 2, 92 * scale, 9 * scale, "#2b1a2430")
    return shadow + moved(motif(INKS[ink]), x - 100 * scale, foot - 200 * scale, scale)


def _firs(colour: str, foot: float, places: tuple[tuple[int, float], ...]) -> str:
    one = plain("M0 -160 30 -96H16L44 -44H24L58 4H-58L-24 -44H-44L-16 -96H-30Z", colour) + box(-7, 0, 14, 18, "#6d4a33")
    return "".join(moved(one, x, foot, scale) for x, scale in places)


def _pennants(*inks: str) -> str:
    """A line of flags along the upper edge."""
    rope = stroke("M420 -10C760 96 1130 96 1460 -10", "#4f3a3f", 4)
    flags = []
    for step in range(15):
        t = (step + 0.5) / 15
        x, y = 420 + 1040 * t, -10 + 318 * t * (1 - t)
        flags.append(moved(solid("M-29 0H29L0 78Z", INKS[inks[step % len(inks)]].main), x, y, 1, 20 * (0.5 - t)))
    return rope + "".join(flags)


def _speckled(colour: str, count: int, sizes: tuple[float, float], seed: str) -> str:
    dice = random.Random(seed)
    return faint(
        "".join(disc(dice.uniform(0, WIDTH), dice.uniform(0, HEIGHT), dice.uniform(*sizes), colour) for _ in range(count)), 0.9
    )


def _winter() -> str:
    house = moved(home.house(INKS["red"]), 700, 196, 1.1)
    sky = _sky("#233a55", "#7d8fab") + disc(1250, 96, 54, "#f8efd2") + disc(1228, 84, 50, "#3a5070")
    firs = _firs("#2f4d55", 400, ((560, 0.9), (640, 1.2), (960, 1.1), (1020, 0.8), (1380, 1.3)))
    hills = _hills("#8ba0ba", "#c3d0de", "#eef3f6")
    things = (
        _on(festive.tree, "red", 1120, 500, 1.5)
        + _on(festive.gift, "plum", 960, 522, 0.62)
        + _on(festive.gift, "teal", 1040, 530, 0.46)
        + _on(light.lantern, "red", 840, 524, 0.94)
        + _on(festive.snowman, "red", 1310, 516, 1.14)
    )
    return sky + firs + house + hills + disc(840, 450, 170, "url(#glow)") + things + _speckled(SNOW, 130, (1.5, 4.5), "snow")


def _spring() -> str:
    sky = _sky("#cfe7ee", "#fdf3e3") + disc(1240, 110, 66, "#fbe0a2") + _hills("#c5ddb6", "#a9cd9b", "#8fbb84")
    blooms = random.Random("spring")
    meadow = "".join(
        flower(
            blooms.uniform(540, 1430),
            blooms.uniform(470, 550),
            blooms.uniform(16, 32),
            blooms.choice(("#f9cfd8", SNOW, "#e68aa2", "#fae5ab")),
            "#eebb4d",
        )
        for _ in range(60)
    )
    things = (
        _on(outside.birdhouse, "mint", 760, 480, 1.24)
        + _on(outside.watering_can, "blue", 960, 516, 1.06)
        + _on(outside.pot_plant, "pink", 1140, 512, 1.1)
        + _on(festive.egg, "yellow", 1262, 524, 0.5)
        + _on(festive.egg, "pink", 1330, 534, 0.42)
        + _on(festive.chick, "yellow", 1384, 506, 0.66)
    )
    return (
        sky
        + _pennants("pink", "yellow", "mint", "plum")
        + meadow
        + things
        + moved(outside.butterfly(INKS["orange"]), 1030, 170, 0.4)
    )


def _summer() -> str:
    sky = (
        _sky("#8fcbe0", "#fdf0d0")
        + disc(1180, 130, 86, "#fbd377")
        + faint(oval(760, 110, 96, 24, SNOW) + oval(830, 92, 74, 26, SNOW), 0.85)
    )
    ground = _hills("#a8d0a0", "#8cc08a", "#74ac78")
    blanket = plain("M640 506 1370 490 1440 560H560Z", INKS["red"].light) + faint(
        "".join(plain(f"M{x} 506 {x - 40} 560H{x + 10}L{x + 40} 504Z", INKS["red"].main) for x in range(690, 1400, 96)), 0.65
    )
    things = (
        _on(outside.parasol, "orange", 1240, 516, 1.7)
        + _on(outside.hamper, "red", 930, 520, 0.98)
        + _on(kitchen.jug, "blue", 780, 522, 0.84)
        + _on(kitchen.cakestand, "pink", 1096, 526, 0.78)
        + _on(worn.lunch_bag, "yellow", 1340, 534, 0.62)
        + _on(outside.strawberry, "red", 1022, 540, 0.24)
    )
    return sky + ground + blanket + things


def _autumn() -> str:
    sky = _sky("#f3d9b4", "#fbeed8") + disc(1210, 150, 92, "#f2b26a") + _hills("#d9a869", "#c68a52", "#a96f42")
    leaves = random.Random("autumn")
    falling = "".join(
        moved(
            plain("M0 0C12 -22 40 -28 64 -20C54 4 26 14 0 0Z", leaves.choice(("#c9473f", "#e0813f", "#eebb4d", "#93653c"))),
            leaves.uniform(480, 1430),
            leaves.uniform(10, 550),
            leaves.uniform(0.25, 0.6),
            leaves.uniform(0, 360),
        )
        for _ in range(46)
    )
    things = (
        _on(kitchen.teapot, "plum", 900, 520, 1.3)
        + _on(kitchen.teacup, "gold", 1100, 528, 0.86)
        + _on(light.candle, "white", 740, 522, 0.8)
        + _on(home.quilt, "orange", 1290, 524, 1.16)
        + _on(outside.owl, "wood", 1300, 352, 0.8)
    )
    return (
        sky + _firs("#8a5f3d", 420, ((600, 0.8), (660, 1.1), (1400, 1.2))) + falling + disc(740, 410, 120, "url(#glow)") + things
    )


def _wet() -> str:
    drops = random.Random("rain")
    rain = faint(
        "".join(
            stroke(f"M{x:.0f} {y:.0f}l-8 24", "#dcecf2", 3)
            for x, y in ((drops.uniform(0, WIDTH), drops.uniform(-20, 470)) for _ in range(120))
        ),
        0.75,
    )
    sky = _sky("#6d8b9d", "#c9dad8") + _hills("#7fa694", "#64917c", "#4b7a66")
    things = (
        _on(worn.umbrella, "red", 1080, 500, 1.7)
        + _on(outside.frog, "green", 1290, 520, 0.8)
        + _on(light.lantern, "yellow", 850, 520, 0.94)
        + _on(outside.pot_plant, "teal", 700, 522, 0.9)
    )
    return sky + disc(850, 440, 150, "url(#glow)") + things + rain


def _dry() -> str:
    sky = _sky("#f2b56b", "#fbe3bb") + disc(1120, 190, 120, "#f8d488") + _hills("#e3ab6c", "#d49253", "#bf7b41")
    things = (
        _on(outside.parasol, "teal", 1240, 516, 1.5)
        + _on(kitchen.jug, "blue", 960, 520, 1.0)
        + _on(outside.elephant, "silver", 760, 500, 1.0)
        + _on(worn.shopper, "red", 1090, 528, 0.6)
    )
    return sky + _pennants("teal", "white", "red", "yellow") + things


def _welcome() -> str:
    sky = (
        _sky("#f6dfe2", "#fdf3e6")
        + faint(disc(1040, 330, 300, "#f2c7cf"), 0.6)
        + box(0, 470, WIDTH, 90, "#dfb5aa")
        + box(0, 470, WIDTH, 6, "#ffffff55")
    )
    things = (
        _on(festive.gift, "plum", 1040, 512, 1.35)
        + _on(home.vase, "mint", 800, 504, 1.2)
        + _on(kitchen.cakestand, "gold", 1270, 512, 1.14)
        + _on(light.candle, "white", 910, 526, 0.52)
        + _on(outside.bird, "blue", 1120, 244, 0.56)
    )
    return sky + _pennants("red", "gold", "teal", "pink") + moved(sprig(0, 0, 200, "#be8478", 14), 1400, 500) + things


SCENES = MappingProxyType(
    {
        "winter": _winter,
        "spring": _spring,
        "summer": _summer,
        "autumn": _autumn,
        "wet": _wet,
        "dry": _dry,
        "welcome": _welcome,
    }
)


def scene(name: str) -> str:
    """The SVG of a scene; it is cut at the sides, not squeezed, where there is less room."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'preserveAspectRatio="xMaxYMax slice">{SCENES[name]()}</svg>'
    )
