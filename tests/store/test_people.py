from __future__ import annotations

import numpy as np

from segmentation.store.people import NOBODY, People

CAST = [
    (30, "user", "7", "", "user:7"),
    (10, "guest", "", "dan@guest.test", "guest:d"),
    (20, "user", "anna", "", "user:anna"),
]


def test_people_are_numbered_by_profile():
    people = People.of(CAST)

    assert people.profiles.tolist() == [10, 20, 30]
    assert people.profiles.dtype == np.int64
    assert people.by_customer == {"anna": 1, "7": 2}
    assert people.by_email == {"dan@guest.test": 0}
    assert people.size == 3
    assert people.keys == ["guest:d", "user:anna", "user:7"]


def test_nobody():
    people = People.of([])

    assert (people.size, people.by_customer, people.by_email, people.keys) == (0, {}, {}, [])
    assert people.owners([7, None], [None, "dan@guest.test"]).tolist() == [NOBODY, NOBODY]


def test_a_row_is_its_customers_whatever_the_type_of_the_key():
    assert People.of(CAST).owners([7, "7", "anna", "Anna", 8], [None] * 5).tolist() == [2, 2, 1, NOBODY, NOBODY]


def test_a_row_without_a_customer_is_the_guests():
    owners = People.of(CAST).owners(
        [None, None, None, None, ""], ["dan@guest.test", " DAN@guest.TEST", "", None, "dan@guest.test"]
    )

    assert owners.tolist() == [0, 0, NOBODY, NOBODY, 0]
    assert owners.dtype == np.int32


def test_the_customer_counts_before_the_address():
    assert People.of(CAST).owners([7, 8], ["dan@guest.test", "dan@guest.test"]).tolist() == [2, NOBODY]


def test_a_profile_without_an_address_owns_nothing_by_address():
    people = People.of([(1, "guest", "", "", "guest:1"), (2, "visitor", "", "", "visitor:2")])

    assert (people.size, people.by_email) == (2, {})
    assert people.owners([None, None], ["", " "]).tolist() == [NOBODY, NOBODY]


def test_no_rows():
    assert People.of(CAST).owners([], []).tolist() == []
