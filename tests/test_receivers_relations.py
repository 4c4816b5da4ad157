"""What is heard of carts, wishes, events and sets: many-to-many calls, several tables, lines. The zoo has them all."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.models.signals import m2m_changed, post_save, pre_delete
from django.test.utils import CaptureQueriesContext

from segmentation import receivers
from segmentation.membership import changes, define, refresh
from segmentation.models.batch import BATCH
from segmentation.sources import Column, WishlistItems
from tests.cast import NOW, members
from tests.sources.conftest import ALICE, BOB, keepers
from tests.sources.zoo.models import (
    Animal,
    Basket,
    BasketItem,
    Club,
    Enrolment,
    Keeper,
    Search,
    Sighting,
    Tag,
    WishList,
)
from tests.sources.zoo.source import Park, Zoo
from tests.test_receivers import commit, ears

__all__ = ["commit", "keepers"]

pytestmark = pytest.mark.django_db

SIGNALS = (post_save, pre_delete, m2m_changed)


@pytest.fixture
def listening(monkeypatch, use_source, configure):
    """`listening(Park)`: listens to a source's models, for this test only, and gives the notices of each delivery."""
    calls: list[list] = []
    follow = changes.follow

    def listen(source, *, follows: bool = False) -> list[list]:
        for signal in SIGNALS:
            monkeypatch.setattr(signal, "receivers", list(signal.receivers))
            signal.sender_receivers_cache.clear()
        use_source(source)
        receivers.connect()
        configure(CHANGES="inline")
        monkeypatch.setattr(changes, "follow", spy_and_follow if follows else spy)
        return calls

    def spy(notices, *, now):
        calls.append(list(notices))

    def spy_and_follow(notices, *, now):
        spy(notices, now=now)
        follow(notices, now=now)

    yield listen
    for signal in SIGNALS:
        signal.sender_receivers_cache.clear()


@pytest.fixture
def zoo(keepers):
    """An otter, a fox and an ant; Alice's wishes and Bob's."""
    animals = [Animal.objects.create(title=title, price=1) for title in ("Otter", "Fox", "Ant")]
    wishes = [WishList.objects.create(keeper_id=keeper) for keeper in (ALICE, BOB)]
    return animals, wishes


PROFILE_OF_ALICE = ("profile", f"user:{ALICE}")
PROFILE_OF_BOB = ("profile", f"user:{BOB}")
Wish = WishList.animals.through


def wish_rows():
    """Notices of all rows between wish lists and animals."""
    return [("wishlist_items", str(pk)) for pk in Wish.objects.order_by("pk").values_list("pk", flat=True)]


def test_wishes_that_come_and_go(zoo, listening, commit):
    (otter, fox, _), (alices, _) = zoo
    heard = listening(Park)

    with commit():
        alices.animals.add(otter, fox)
    assert [sorted(notices) for notices in heard] == [sorted(wish_rows())]
    with commit():
        alices.animals.remove(otter)
    with commit():
        alices.animals.set([otter])
    assert heard[1:] == [[PROFILE_OF_ALICE], [PROFILE_OF_ALICE, wish_rows()[-1]]]
    with commit():
        alices.animals.clear()
    assert heard[3:] == [[PROFILE_OF_ALICE]]


def test_wishes_from_the_side_of_the_animals(zoo, listening, commit):
    (otter, *_), (alices, bobs) = zoo
    heard = listening(Park)

    with commit():
        otter.wish_lists.add(alices, bobs)
    assert [sorted(notices) for notices in heard] == [sorted(wish_rows())]
    with commit():
        otter.wish_lists.remove(bobs)
    with commit():
        otter.wish_lists.clear()
    assert heard[1:] == [[PROFILE_OF_BOB], [PROFILE_OF_ALICE]]


def test_what_changes_no_wish_is_not_heard(zoo, listening, commit):
    (otter, *_), (alices, _) = zoo
    alices.animals.add(otter)
    heard = listening(Park)

    with commit():
        alices.animals.add(otter)
        alices.animals.remove()
        alices.animals.set([otter])
        otter.tags.add(Tag.objects.create(word="wet"))
        otter.save()
    assert heard == []


def test_a_wish_list_that_goes_takes_its_wishes_with_it(zoo, listening, commit):
    (otter, *_), (alices, bobs) = zoo
    alices.animals.add(otter)
    heard = listening(Park)

    with commit():
        alices.delete()
        bobs.delete()  # with nothing on it
    assert heard == [[PROFILE_OF_ALICE]]


def test_membership_follows_a_wish_after_its_commit(zoo, listening, commit):
    (otter, fox, _), (alices, _) = zoo
    listening(Park, follows=True)
    define("wishful", "wishlist_items.count() >= 2", now=NOW)
    refresh(now=NOW)
    assert members("wishful") == set()

    with commit():
        alices.animals.add(otter, fox)
        assert members("wishful") == set()
    assert members("wishful") == {f"user:{ALICE}"}
    with commit():
        fox.wish_lists.clear()
    assert members("wishful") == set()


@pytest.mark.parametrize("source", ["Favourites", "Clubs"])
def test_links_that_hang_on_the_account_itself(source, keepers, listening, commit):
    heard = listening(globals()[source])
    otter = Animal.objects.create(title="Otter", price=1)
    alice = Keeper.objects.get(pk=ALICE)
    club = Club.objects.create(name="Anglers")
    manager, other = (alice.favourites, otter) if source == "Favourites" else (alice.clubs, club)

    with commit():
        manager.add(other)
    row = ("wishlist_items", str(manager.through.objects.get().pk))
    with commit():
        manager.remove(other)
    assert heard == [[row], [PROFILE_OF_ALICE]]


class Favourites(Zoo):
    """Wishes are a field of the account."""

    wishes = WishlistItems(Keeper.favourites.through.objects.all(), customer="keeper_id", product_id="animal_id")


class Clubs(Zoo):
    """The rows between are a class of the shop's own."""

    clubs = WishlistItems(Enrolment.objects.all(), customer="keeper_id", product_id="club_id", added_at="since")


def test_a_row_of_the_shops_own_class_is_heard_as_any_other(keepers, listening, commit):
    heard = listening(Clubs)

    with commit():
        row = Enrolment.objects.create(keeper_id=ALICE, club=Club.objects.create(name="Anglers"))
    assert heard == [[("wishlist_items", str(row.pk))]]
    with commit():
        row.delete()
    assert heard[1:] == [[PROFILE_OF_ALICE]]


class Sets(Zoo):
    """An account has words across tables."""

    customers = Zoo.customers.replace(clubs=Column("clubs__name", kind="set"), likes=Column("favourites__title", kind="set"))


def test_the_words_of_a_set_that_come_and_go(zoo, listening, commit):
    (otter, *_), _ = zoo
    heard = listening(Sets)
    alice, bob = Keeper.objects.get(pk=ALICE), Keeper.objects.get(pk=BOB)

    with commit():
        alice.favourites.add(otter)
    with commit():
        otter.fans.add(bob)
    with commit():
        otter.fans.clear()
    assert heard[:2] == [[("customers", str(ALICE))], [("customers", str(BOB))]]
    assert sorted(heard[2]) == [("customers", str(ALICE)), ("customers", str(BOB))]
    with commit():
        Club.objects.create(name="Anglers").members.add(alice)
    assert heard[3:] == [[("customers", str(ALICE))]]


def test_hundreds_of_links_at_once(zoo, listening, commit):
    _, (alices, _) = zoo
    animals = Animal.objects.bulk_create(Animal(title=str(number), price=1) for number in range(BATCH + 1))
    heard = listening(Park)

    with commit():
        alices.animals.add(*animals)
    assert [len(notices) for notices in heard] == [BATCH + 1]


def test_a_lookup_between_two_models_that_fails_harms_nothing(zoo, listening, commit, caplog, monkeypatch):
    (otter, *_), (alices, _) = zoo
    heard = listening(Park)
    monkeypatch.setattr(receivers, "_keys_between", lambda *arguments: 1 // 0)

    with commit():
        alices.animals.add(otter)
    assert "a change of wishlist_items could not be noted" in caplog.text
    assert (heard, alices.animals.count()) == ([], 1)


def test_several_tables_of_events(keepers, listening, commit):
    heard = listening(Park)

    with commit():
        sighting = Sighting.objects.create(keeper_id=ALICE, seen=NOW)
        search = Search.objects.create(visitor="v-1", words="otter", at=NOW)
    assert heard == [[("events", f"sightings:{sighting.pk}"), ("events", f"searches:{search.pk}")]]
    with commit():
        sighting.delete()
        search.delete()
    assert heard[1:] == [[PROFILE_OF_ALICE, ("profile", "visitor:v-1")]]


def test_carts_and_their_lines(zoo, listening, commit):
    (otter, *_), _ = zoo
    heard = listening(Park)

    with commit():
        cart = Basket.objects.create(keeper_id=ALICE, touched=NOW)
        line = BasketItem.objects.create(basket=cart, animal=otter)
    assert heard == [[("carts", str(cart.pk)), ("cart_lines", str(line.pk))]]
    with commit():
        line.delete()
    with commit():
        BasketItem.objects.create(basket=cart, animal=otter)
        cart.delete()
    assert heard[1] == [PROFILE_OF_ALICE]
    assert PROFILE_OF_ALICE in heard[2]


def test_who_listens_to_what(listening):
    before = {signal: len(signal.receivers) for signal in SIGNALS}
    listening(Park)
    models = (Basket, BasketItem, Wish, WishList, Sighting, Search, Animal)

    assert {model.__name__: ears(post_save, model) for model in models} == {
        "Basket": {"regulars:carts:pk"},
        "BasketItem": {"regulars:cart_lines:pk"},
        "WishList_animals": set(),
        "WishList": set(),
        "Sighting": {"regulars:events.sightings:pk"},
        "Search": {"regulars:events.searches:pk"},
        "Animal": set(),
    }
    assert ears(pre_delete, WishList) == {"regulars:wishlist_items:wishlist"}
    assert ears(m2m_changed, Wish) == {"regulars:wishlist_items:pk"}
    assert len(m2m_changed.receivers) == before[m2m_changed] + 1


@pytest.mark.parametrize("changing", ["none", "inline"])
def test_many_to_many_calls_cost_nothing_where_nobody_follows(zoo, listening, configure, changing, commit):
    (otter, *_), (alices, _) = zoo
    listening(Park)
    configure(CHANGES=changing)

    with CaptureQueriesContext(connection) as found, commit():
        alices.animals.add(otter)
    asked = [query["sql"] for query in found if "SAVEPOINT" not in query["sql"]]
    assert len(asked) == (2 if changing == "none" else 3)
