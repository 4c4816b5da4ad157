"""The zoo's cast."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import pytest

from tests.sources.zoo.models import Country, Den, Keeper, Visit

ALICE = UUID("00000000-0000-0000-0000-00000000000a")
BOB = UUID("00000000-0000-0000-0000-00000000000b")
NOON = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


@pytest.fixture
def keepers(db: None) -> None:
    """Alice, of a den in France, and Bob, of whom nothing is known."""
    den = Den.objects.create(number="north", country=Country.objects.create(code="FR", title="France"))
    Keeper.objects.create(
        id=ALICE, name="Alice", email="alice@zoo.test", born=dt.date(1990, 2, 28), joined=NOON, newsletter=True, den=den
    )
    Keeper.objects.create(id=BOB, name="Bob")


@pytest.fixture
def visits(keepers: None) -> None:
    """Two of Alice's, one of Bob's, one of a guest."""
    Visit.objects.bulk_create(
        [
            Visit(number="v1", keeper_id=ALICE, made=NOON, cents=1050),
            Visit(number="v2", keeper_id=ALICE, made=NOON + dt.timedelta(days=1), cents=200, currency="PLN"),
            Visit(number="v3", keeper_id=BOB, made=NOON, cents=None),
            Visit(number="v4", guest_email=" Guest@Zoo.test ", made=None, cents=1),
        ]
    )
