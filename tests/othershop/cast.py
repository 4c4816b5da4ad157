"""Who is in the other shop at eight in the morning of 1 June 2026, a winter's day in Santiago.

Ana is loyal and pays in dollars and euros. Beto closed his account. Caro has a basket and wishes, and never bought. Duque is a
guest who writes his address in two ways. Eva bought once, in euros, and gave an address that is a guest's too. Finn is new.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from segmentation.profiles import guest_key, user_key
from tests.othershop.world import World, client_id

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
DUQUE = "duque@guest.test"


def ago(days: float = 0, **lengths: float) -> datetime:
    """A moment before NOW."""
    return NOW - timedelta(days=days, **lengths)


def keys(*names: str) -> set[str]:
    """Profile keys of these people: clients by name, guests by mail."""
    return {guest_key(name) if "@" in name else user_key(client_id(name)) for name in names}


def sold(number: str, days: float, *items: tuple[str | None, int, int], **columns: Any) -> dict[str, Any]:
    """A purchase so many days before NOW, in dollars unless told."""
    return {"number": number, "made_at": ago(days), "money": "USD", "items": items, **columns}


def basket(number: str, days: float, *items: tuple[str | None, int, int], **columns: Any) -> dict[str, Any]:
    """A basket touched so many days before NOW."""
    return {"number": number, "state": "basket", "touched_at": ago(days), "money": "USD", "items": items, **columns}


CAST = World(
    clients=(
        {
            "name": "ana",
            "mail": "ana@shop.test",
            "given_name": "Ana",
            "land": "CL",
            "born": date(1990, 6, 4),
            "since": ago(400),
            "letters": True,
            "points": 120,
        },
        {"name": "beto", "mail": "beto@shop.test", "land": "CL", "since": ago(900), "deleted_at": ago(1), "favourites": ("L1",)},
        {"name": "caro", "mail": "caro@shop.test", "land": "PE", "letters": False, "favourites": ("L1", "C1")},
        {"name": "eva", "mail": "Eva@Shop.test", "land": "ES", "since": ago(20), "points": 0, "favourites": ("C1",)},
        {"name": "finn"},
    ),
    things=(
        {"code": "L1", "label": "Lamp", "shelf": "Lights", "cents": 1999, "pieces_left": 3},
        {"code": "C1", "label": "Candle", "shelf": "Lights", "cents": 350},
        {"code": "M1", "label": "Mug", "shelf": "Kitchen", "cents": 899, "pieces_left": 40},
        {"code": "X1", "label": "Voucher", "cents": 5000},
    ),
    purchases=(
        sold("A1", 300, ("L1", 2, 1999), buyer="ana", percent_off=10, voucher="OTOÑO"),  # 35.982 dollars
        sold("A2", 100, ("M1", 3, 899), ("C1", 1, 350), buyer="ana"),  # 30.47
        sold("A3", 10, ("L1", 1, 1800), buyer="ana", money="EUR"),
        sold("A4", 5, ("L1", 9, 1999), buyer="ana", state="void"),
        sold("B1", 30, ("M1", 20, 899), buyer="beto"),
        sold("D1", 61, ("C1", 2, 350), mail=" Duque@Guest.test"),  # 7.00
        sold("D2", 20, ("C1", 10, 350), ("X1", 1, 5000), mail=DUQUE, percent_off=15, money=""),  # 72.25
        sold("E1", 15, ("M1", 1, 1000), buyer="eva", money="eur"),
        sold("E2", 12, (None, 1, 999), mail="eva@shop.test"),  # 9.99, a guest's
        sold("N1", 2, ("M1", 5, 899)),
        sold("F1", 1, buyer="finn"),
        basket("A5", 2, ("C1", 4, 350), buyer="ana"),
        basket("C2", 8, ("L1", 1, 1999), ("M1", 2, 899), buyer="caro", percent_off=5),
        basket("N2", 1, ("L1", 1, 1999)),
    ),
    looks=(
        {"client": "ana", "verb": "view", "thing": "L1", "at": ago(11)},
        {"client": "caro", "verb": "view", "thing": "L1", "at": ago(9)},
        {"client": "caro", "verb": "view", "thing": "M1", "at": ago(8, hours=1)},
        {"client": "caro", "verb": "search", "words": "lámpara", "at": ago(10)},
        {"client": "beto", "verb": "view", "thing": "M1", "at": ago(3)},
        {"cookie": "k1", "verb": "view", "thing": "L1", "at": ago(1)},
    ),
)
