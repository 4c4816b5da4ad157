"""What the shop would know of a person: first name, birth date, gender, language, consent."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import TypeVar

from django.db.models import QuerySet

from shopdemo.loader.batches import update_in_batches
from shopdemo.loader.customers import EMAIL_END, EMAIL_START
from shopdemo.progress import Progress
from shopdemo.shop.models import User
from shopdemo.simulation.chance import chance

FEMALE_NAMES = (
    "Alice", "Amelia", "Anna", "Aisha", "Beth", "Camille", "Carla", "Chloe", "Daisy", "Elena",
    "Emma", "Eva", "Fatima", "Freya", "Grace", "Hanna", "Ines", "Isla", "Julia", "Karen",
    "Laura", "Lucy", "Mei", "Maria", "Nina", "Olivia", "Priya", "Rosa", "Sarah", "Zofia",
)  # fmt: skip
MALE_NAMES = (
    "Adam", "Ahmed", "Ben", "Bruno", "Carl", "Daniel", "David", "Edward", "Felix", "George",
    "Hugo", "Ivan", "Jack", "James", "Jan", "Leo", "Liam", "Luca", "Mark", "Martin",
    "Noah", "Oscar", "Paul", "Peter", "Rafael", "Samir", "Thomas", "Victor", "Wei", "William",
)  # fmt: skip
OTHER_NAMES = ("Alex", "Charlie", "Jamie", "Kim", "Robin", "Sam")

NAMES = MappingProxyType(
    {User.Gender.FEMALE: FEMALE_NAMES, User.Gender.MALE: MALE_NAMES, User.Gender.OTHER: OTHER_NAMES, "": OTHER_NAMES}
)

# Of a hundred: women, men, others, not told.
GENDERS = ((User.Gender.FEMALE, 50), (User.Gender.MALE, 28), (User.Gender.OTHER, 2), ("", 20))
CONSENTS: tuple[tuple[bool | None, int], ...] = ((True, 45), (False, 35), (None, 20))
BIRTH_DATE_MISSING = 0.15
AGES = (18, 82)

# Of the shop's languages; whoever lives elsewhere reads English.
LANGUAGES = MappingProxyType({"FR": "fr", "PL": "pl", "HK": "zh-hant", "TW": "zh-hant", "CN": "zh-hans"})

T = TypeVar("T")

FIELDS = ("first_name", "birth_date", "gender", "language", "accepts_email")


@dataclass(frozen=True)
class Person:
    """The made-up side of an account."""

    first_name: str
    birth_date: date | None
    gender: str
    accepts_email: bool | None


def person(email: str, today: date) -> Person:
    """The person behind this e-mail, grown up on `today`; every column but the name may be missing."""
    dice = chance("person", email)
    gender = _pick(dice, GENDERS)
    name = dice.choice(NAMES[gender])
    accepts = _pick(dice, CONSENTS)
    born = today - timedelta(days=dice.randint(AGES[0] * 366, AGES[1] * 365))
    return Person(name, None if dice.random() < BIRTH_DATE_MISSING else born, gender, accepts)


def give_persons(today: date, progress: Progress) -> int:
    """Give every account that came from the file its person; how many there are."""
    users = list(loaded_users())
    for user in users:
        someone = person(user.email, today)
        user.first_name = someone.first_name
        user.birth_date = someone.birth_date
        user.gender = someone.gender
        user.accepts_email = someone.accepts_email
        user.language = LANGUAGES.get(user.country, "en")
        user.simulated_fields = [*user.simulated_fields, *FIELDS]
    update_in_batches(User, users, [*FIELDS, "simulated_fields"], label="persons", progress=progress)
    return len(users)


def loaded_users() -> QuerySet[User]:
    """The accounts of the file's customers, by e-mail."""
    return User.objects.filter(email__startswith=EMAIL_START, email__endswith=EMAIL_END, simulated=False).order_by("email")


def _pick(dice: random.Random, weights: tuple[tuple[T, int], ...]) -> T:
    return dice.choices([value for value, _ in weights], [weight for _, weight in weights])[0]
