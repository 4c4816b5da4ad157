from __future__ import annotations

import numpy as np
import pytest

from segmentation.models import Profile
from segmentation.store.people import NOBODY, People, Person
from tests.cast import NOW

CAST = [
    Person(30, "user", "user:7", customer_id="7"),
    Person(10, "guest", "guest:d", email="dan@guest.test", profiling=True),
    Person(20, "user", "user:anna", customer_id="anna", first_key="visitor:a", profiling=False),
    Person(40, "visitor", "visitor:v", visitor_id="v", profiling=True),
]
MERGED = [
    Person(5, "visitor", "visitor:a", visitor_id="a", profiling=True, merged_into=20),
    Person(15, "guest", "guest:e", email="eve@guest.test", merged_into=30),
    Person(25, "visitor", "visitor:lost", visitor_id="lost", merged_into=99),
]


def test_people_are_numbered_by_profile():
    people = People.of(CAST)

    assert people.profiles.tolist() == [10, 20, 30, 40]
    assert people.profiles.dtype == np.int64
    assert people.by_customer == {"anna": 1, "7": 2}
    assert people.by_email == {"dan@guest.test": 0}
    assert people.by_visitor == {"v": 3}
    assert people.size == 4


def test_visitors_are_not_counted():
    people = People.of(CAST)

    assert people.counted.tolist() == [True, True, True, False]
    assert people.number == 3


def test_no_word_is_no_agreement():
    assert People.of(CAST).agreed.tolist() == [True, False, False, True]


def test_shares_go_by_the_first_key():
    assert People.of(CAST).keys == ["guest:d", "visitor:a", "user:7", "visitor:v"]


def test_who_is_merged_is_nobody_of_their_own():
    people = People.of([*CAST, *MERGED])

    assert people.profiles.tolist() == [10, 20, 30, 40]
    assert people.agreed.tolist() == [True, False, False, True]
    assert people.by_visitor == {"v": 3, "a": 1}
    assert people.by_email == {"dan@guest.test": 0, "eve@guest.test": 2}


def test_what_the_merged_did_is_theirs_who_they_are():
    owners = People.of([*CAST, *MERGED]).owners(
        [None, "", None, None], [None, None, "Eve@guest.test", None], ["a", "v", None, "lost"]
    )

    assert owners.tolist() == [1, 3, 2, NOBODY]


def test_nobody():
    people = People.of([])

    assert (people.size, people.number, people.keys) == (0, 0, [])
    assert (people.by_customer, people.by_email, people.by_visitor) == ({}, {}, {})
    assert people.owners([7, None, None], [None, "dan@guest.test", None], [None, None, "v"]).tolist() == [NOBODY] * 3


def test_a_row_is_its_customers_whatever_the_type_of_the_key():
    owners = People.of(CAST).owners([7, "7", "anna", "Anna", 8], [None] * 5, [None] * 5)

    assert owners.tolist() == [2, 2, 1, NOBODY, NOBODY]


def test_a_row_without_a_customer_is_the_guests():
    emails = ["dan@guest.test", " DAN@guest.TEST", "", None, "dan@guest.test"]
    owners = People.of(CAST).owners([None, None, None, None, ""], emails, [None] * 5)

    assert owners.tolist() == [0, 0, NOBODY, NOBODY, 0]
    assert owners.dtype == np.int32


def test_the_first_name_of_a_row_counts():
    """Somebody whom we do not know is not the visitor whose browser it was."""
    owners = People.of(CAST).owners([7, 8, None, None], ["dan@guest.test"] * 3 + ["nobody@guest.test"], ["v"] * 4)

    assert owners.tolist() == [2, NOBODY, 0, NOBODY]


def test_a_profile_without_a_name_owns_nothing():
    people = People.of([Person(1, "guest", "guest:1"), Person(2, "visitor", "visitor:2")])

    assert (people.size, people.by_email, people.by_visitor) == (2, {}, {})
    assert people.owners([None, None], ["", " "], ["", None]).tolist() == [NOBODY, NOBODY]


def test_no_rows():
    assert People.of(CAST).owners([], [], []).tolist() == []


@pytest.fixture
def profiles(db):
    def make(key, **fields):
        return Profile.objects.create(key=key, created_at=NOW, **fields)

    alice = make("user:1", kind="user", customer_id="1", first_key="visitor:a", profiling=True)
    made = [
        alice,
        make("visitor:a", kind="visitor", visitor_id="a", merged_into=alice),
        make("visitor:b", kind="visitor", visitor_id="b"),
        make("user:2", kind="user", customer_id="2", gone_at=NOW),
        make("user:1", shop="second", kind="user", customer_id="1"),
    ]
    made.append(make("visitor:c", kind="visitor", visitor_id="c", merged_into=made[3]))
    return made


def test_everyone_is_read_at_once(profiles, django_assert_num_queries):
    alice, _, lone, *_ = profiles

    with django_assert_num_queries(1):
        people = People.everyone("default")
    assert people.profiles.tolist() == [alice.pk, lone.pk]
    assert (people.by_customer, people.by_visitor) == ({"1": 0}, {"a": 0, "b": 1})
    assert (people.keys, people.agreed.tolist()) == (["visitor:a", "visitor:b"], [True, False])


def test_a_few_come_with_the_names_of_those_they_were(profiles, django_assert_num_queries):
    with django_assert_num_queries(1):
        people = People.these([profiles[0]])
    assert people.profiles.tolist() == [profiles[0].pk]
    assert (people.by_customer, people.by_visitor) == ({"1": 0}, {"a": 0})


def test_none_come_with_nobody(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert People.these([]).size == 0


def test_a_person_is_what_the_profile_says(profiles):
    _, merged, *_ = profiles

    assert Person.of(merged) == Person(merged.pk, "visitor", "visitor:a", visitor_id="a", merged_into=profiles[0].pk)
