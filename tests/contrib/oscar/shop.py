"""What an Oscar shop writes."""

from __future__ import annotations

from segmentation.contrib.oscar import OscarSource


class Shop(OscarSource):
    dead_statuses = ("Cancelled", "Returned")
    orders = OscarSource.orders.replace(channel="site__domain")
