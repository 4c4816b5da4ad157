from __future__ import annotations

import inspect
from xml.etree import ElementTree

import pytest
from django.utils.text import slugify

from shopdemo.loader.categories import CATEGORIES
from shopdemo.shop.art import choose
from shopdemo.shop.art.choose import motif_of
from shopdemo.shop.art.motifs import festive, home, kitchen, light, outside, paper, play, worn
from shopdemo.shop.art.picture import category_picture, product_picture
from shopdemo.shop.art.scene import SCENES, scene

ROOMS = (festive, home, kitchen, light, outside, paper, play, worn)


@pytest.mark.parametrize(
    ("title", "drawn"),
    [
        ("WHITE HANGING HEART T-LIGHT HOLDER", light.hanging_tlight),
        ("REGENCY CAKESTAND 3 TIER", kitchen.cakestand),
        ("JUMBO BAG RED RETROSPOT", worn.shopper),
        ("LUNCH BAG  BLACK SKULL.", worn.lunch_bag),
        ("PARTY BUNTING", festive.bunting),
        ("SET OF 3 CAKE TINS PANTRY DESIGN", kitchen.tins),
        ("ALARM CLOCK BAKELIKE GREEN", home.alarm_clock),
        ("ASSORTED COLOUR BIRD ORNAMENT", outside.bird),
        ("HOME SWEET HOME METAL SIGN", home.sign),
        ("jigsaw", play.puzzle),
        ("SET OF 20 RIBBONS", paper.ribbon),
    ],
)
def test_a_title_says_what_is_drawn(title: str, drawn: object) -> None:
    assert motif_of(title, "").draw is drawn


def test_a_title_that_says_nothing_gets_what_stands_for_its_shelf() -> None:
    assert motif_of("20689", "bags-travel").draw is worn.shopper
    assert motif_of("20689", "made-by-the-owner").draw is festive.gift


def test_every_thing_that_can_be_drawn_is_spoken_of() -> None:
    spoken = {motif.draw for _, motif in choose.KEYWORDS}
    drawings = {
        function
        for room in ROOMS
        for name, function in inspect.getmembers(room, inspect.isfunction)
        if function.__module__ == room.__name__ and not name.startswith("_")
    }
    assert drawings - spoken == {outside.strawberry}  # lies on the picnic blanket
    assert spoken <= drawings


@pytest.mark.parametrize(
    "motif", {motif.draw: motif for _, motif in choose.KEYWORDS}.values(), ids=lambda motif: motif.draw.__name__
)
def test_every_drawing_is_sound_and_of_attributes_alone(motif: choose.Motif, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shopdemo.shop.art.picture.motif_of", lambda title, category: motif)
    for title in ("A", "SET OF 3 RED RETROSPOT", "SET OF 2 IVORY"):
        picture = product_picture("1", title, "bags-travel")
        ElementTree.fromstring(picture)
        assert " style=" not in picture
        assert "<script" not in picture
        assert len(picture) < 50_000


def test_the_same_words_give_the_same_picture() -> None:
    assert product_picture("1", "RED MUG", "kitchen-dining") == product_picture("1", "RED MUG", "kitchen-dining")
    assert product_picture("1", "RED MUG", "kitchen-dining") != product_picture("1", "BLUE MUG", "kitchen-dining")
    assert "<pattern" in product_picture("1", "RED RETROSPOT MUG", "kitchen-dining")
    assert "<pattern" not in product_picture("1", "RED MUG", "kitchen-dining")


def test_a_title_is_never_written_into_the_picture() -> None:
    assert "<b>" not in product_picture("1<b>", "MUG <b>", "x<b>")


@pytest.mark.parametrize("name", CATEGORIES)
def test_every_shelf_has_its_picture(name: str) -> None:
    ElementTree.fromstring(category_picture(slugify(name)))


@pytest.mark.parametrize("name", SCENES)
def test_every_scene_is_sound(name: str) -> None:
    ElementTree.fromstring(scene(name))
    assert "style=" not in scene(name)
