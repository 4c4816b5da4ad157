from __future__ import annotations

import pytest

from segmentation.models import Profile
from segmentation.profiles import sync
from tests.othershop.cast import DUQUE, NOW, ago, keys
from tests.othershop.models import Client
from tests.othershop.world import client_id


@pytest.fixture
def synced(clients: dict[str, Client]) -> dict[str, Client]:
    sync(now=NOW)
    return clients


def present() -> set[str]:
    """Keys of the profiles that are not gone."""
    return set(Profile.objects.filter(gone_at=None).values_list("key", flat=True))


def test_clients_by_their_uuid_and_guests_by_their_mail(synced) -> None:
    everybody = keys("ana", "caro", "eva", "finn", DUQUE, "eva@shop.test")

    assert present() == everybody
    ana = Profile.objects.get(customer_id=str(client_id("ana")))
    assert (ana.key, ana.kind) == (f"user:{synced['ana'].pk}", Profile.Kind.USER)


def test_an_account_that_is_marked_as_deleted_is_gone_and_may_come_back(synced) -> None:
    Client.objects.filter(pk=synced["ana"].pk).update(deleted_at=ago(0))
    Client.objects.filter(pk=synced["beto"].pk).update(deleted_at=None)
    report = sync(now=NOW)

    assert (report.created, report.returned, report.gone) == (1, 0, 1)
    assert present() & keys("ana", "beto") == keys("beto")
    Client.objects.filter(pk=synced["ana"].pk).update(deleted_at=None)
    assert sync(now=NOW).returned == 1
