from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from shopdemo.progress import silent
from shopdemo.shop.models import User
from shopdemo.simulation.persons import NAMES, give_persons, loaded_users, person

TODAY = dt.date(2026, 2, 27)
PERSONS = {email: person(email, TODAY) for email in (f"customer-{number}@example.com" for number in range(2_000))}


def test_a_person_is_always_the_same() -> None:
    assert person("customer-17850@example.com", TODAY) == person("customer-17850@example.com", TODAY)


def test_persons_are_grown_up_and_named_by_gender() -> None:
    for someone in PERSONS.values():
        assert someone.first_name in NAMES[someone.gender]
        if someone.birth_date is not None:
            assert dt.date(1944, 1, 1) < someone.birth_date <= dt.date(2008, 2, 27)


def test_something_is_missing_of_some() -> None:
    birth_dates = sum(someone.birth_date is None for someone in PERSONS.values())
    assert 0.12 < birth_dates / 2_000 < 0.18
    genders = Counter(someone.gender for someone in PERSONS.values())
    assert genders.keys() == {"female", "male", "other", ""}
    consents = Counter(someone.accepts_email for someone in PERSONS.values())
    assert consents[True] > consents[False] > consents[None] > 200


@pytest.mark.django_db
def test_only_accounts_of_the_file_get_a_person() -> None:
    loaded = User.objects.create_user("customer-1@example.com", country="FR", simulated_fields=["email"])
    User.objects.create_user("owner@example.com")
    User.objects.create_user("customer-2@example.com", simulated=True)
    assert list(loaded_users()) == [loaded]
    assert give_persons(TODAY, silent) == 1
    loaded.refresh_from_db()
    someone = person("customer-1@example.com", TODAY)
    assert (loaded.first_name, loaded.birth_date, loaded.accepts_email) == (
        someone.first_name,
        someone.birth_date,
        someone.accepts_email,
    )
    assert loaded.language == "fr"
    assert loaded.simulated_fields == ["email", "first_name", "birth_date", "gender", "language", "accepts_email"]
    assert User.objects.get(email="owner@example.com").first_name == ""
