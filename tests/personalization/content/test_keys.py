from __future__ import annotations

import pytest

from personalization.content.keys import MOST_KEYS, key_for, keyed_slots, read_key
from personalization.content.snapshot import Published
from tests.personalization.content.making import NOW, default, slot_of, somebody, variant


def published(*sizes: int) -> Published:
    """Slots of mode "variant" with so many variants each, for segments called by their numbers."""
    slots = {}
    for place, size in enumerate(sizes):
        variants = [variant(place * 10 + number, any_segments=[str(place * 10 + number)]) for number in range(1, size + 1)]
        slots[f"s{place}"] = slot_of(*variants, default(), slug=f"s{place}", id=place, mode="variant")
    return Published(slots)


@pytest.mark.parametrize(
    ("sizes", "expected"), [((15,), 1), ((16,), 0), ((3, 3), 2), ((3, 4), 1), ((1, 1, 1, 1), 4), ((1,) * 6, 4), ((0, 15), 1)]
)
def test_there_are_never_more_than_sixteen_keys(sizes: tuple[int, ...], expected: int) -> None:
    assert len(list(keyed_slots(published(*sizes)))) == expected


def test_every_key_comes_back_as_what_was_chosen() -> None:
    live = published(3, 3)
    keys = set()
    for first in (None, 1, 2, 3):
        for second in (None, 11, 12, 13):
            wanted = {number for number in (first, second) if number}
            key = key_for(live, somebody(segments=frozenset(map(str, wanted))), NOW)
            assert (read_key(key) if key else frozenset()) == wanted
            keys.add(key)
    assert len(keys) == MOST_KEYS


def test_two_people_with_the_same_choice_have_the_same_key() -> None:
    live = published(2)
    ann = key_for(live, somebody(segments=frozenset({"1", "x"}), first_name="Ann"), NOW)
    assert ann == key_for(live, somebody(segments=frozenset({"1"}), first_name="Bob"), NOW)


def test_slots_of_other_modes_have_no_key() -> None:
    live = Published({"hero": slot_of(variant(1), default(), mode="inline")})
    assert key_for(live, somebody(), NOW) == ""
