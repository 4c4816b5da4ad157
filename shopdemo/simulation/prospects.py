"""People with an account who never bought: the file knows buyers only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password

from shopdemo.loader.batches import create_in_batches
from shopdemo.progress import Progress
from shopdemo.shop.models import User
from shopdemo.simulation.chance import chance, moment
from shopdemo.simulation.persons import LANGUAGES, person

PROSPECTS = 150
COUNTRIES = ("GB",) * 12 + ("FR", "DE", "PL", "IE", "HK", "TW", "CN", "")
JOINED_WITHIN = timedelta(days=365)


def add_prospects(last_at: datetime, progress: Progress) -> int:
    """Add them, joined within the year up to `last_at`; how many."""
    create_in_batches(User, _prospects(last_at), total=PROSPECTS, label="prospects", progress=progress)
    return PROSPECTS


def _prospects(last_at: datetime) -> Iterator[User]:
    for number in range(1, PROSPECTS + 1):
        email = f"prospect-{number:03}@example.com"
        dice = chance("prospect", email)
        someone = person(email, last_at.date())
        country = dice.choice(COUNTRIES)
        yield User(
            email=email,
            password=make_password(None),
            first_name=someone.first_name,
            birth_date=someone.birth_date,
            gender=someone.gender,
            accepts_email=someone.accepts_email,
            country=country,
            language=LANGUAGES.get(country, "en"),
            date_joined=moment(dice, last_at - JOINED_WITHIN, last_at),
            simulated=True,
        )
