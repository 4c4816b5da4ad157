from __future__ import annotations

from segmentation.kernel.moments import seconds
from segmentation.profiles import guest_key, sync, user_key
from segmentation.store import read_purchases
from tests.othershop.cast import DUQUE, NOW, ago, keys
from tests.othershop.source import OtherSource
from tests.othershop.world import client_id


def test_clients_with_uuids_guests_and_things_with_text_keys(clients):
    sync(now=NOW, source=OtherSource())
    purchases = read_purchases(OtherSource())

    assert set(purchases.keys) == keys("ana", "eva", DUQUE)
    assert purchases.names[purchases.keys.index(user_key(client_id("ana")))] == str(client_id("ana"))
    assert purchases.names[purchases.keys.index(guest_key(DUQUE))] == guest_key(DUQUE)
    assert purchases.products == ["C1", "L1", "M1", "X1"]
    assert (purchases.countries, set(purchases.country.tolist())) == ([], {-1})
    assert list(zip(purchases.times.tolist(), purchases.quantity.tolist(), strict=True)) == [
        (seconds(ago(300)), 2),
        (seconds(ago(100)), 1),
        (seconds(ago(100)), 3),
        (seconds(ago(61)), 2),
        (seconds(ago(20)), 10),
        (seconds(ago(20)), 1),
        (seconds(ago(15)), 1),
        (seconds(ago(10)), 1),
    ]
