"""The demo shop's source, with faults."""

from __future__ import annotations

from typing import Any

from segmentation.sources import Column
from shopdemo.source import DemoSource


def fail_at_bob(order: Any) -> str:
    if order.number == "B1":
        raise RuntimeError("the shop fell over")
    return "web"


class FallsOver(DemoSource):
    """Raises in the middle of the orders."""

    orders = DemoSource.orders.replace(channel=Column(fail_at_bob, kind="text"))


class LostCountry(DemoSource):
    """A column vanished."""

    customers = DemoSource.customers.replace(country=None)


class WrongPath(DemoSource):
    """A column that leads nowhere."""

    customers = DemoSource.customers.replace(language=Column("nothing"))


class NoOrders(DemoSource):
    """Lines without the relation that has their times."""

    orders = None
