"""Makes up, once, everything the loaded shop lacks."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from shopdemo.loader.load import NAME as ORDERS
from shopdemo.progress import Progress, silent
from shopdemo.shop.models import DataLoad, Product, User
from shopdemo.simulation.activity import add_activity
from shopdemo.simulation.carts import add_carts
from shopdemo.simulation.persons import give_persons, loaded_users
from shopdemo.simulation.prospects import add_prospects
from shopdemo.simulation.sales import put_on_sale
from shopdemo.simulation.stock import fill_stock
from shopdemo.simulation.watched import watch_some
from shopdemo.simulation.wishlists import add_wishlists

NAME = "simulation"


class NothingLoadedError(Exception):
    """There is no shop yet to make something up for."""


def simulate(now: datetime, *, progress: Progress = silent) -> DataLoad:
    """Make up what the loaded shop lacks, from persons to what they look at, up to the moment its data ends.

    Does it once and records it, like the load; accounts that the owner added are left alone. The same data always get the
    same made-up values. Raises NothingLoadedError before a load.
    """
    done = DataLoad.objects.filter(name=NAME).first()
    if done is not None:
        return done
    loaded = DataLoad.objects.filter(name=ORDERS).first()
    if loaded is None:
        raise NothingLoadedError("Load the orders before simulating.")
    with transaction.atomic():
        counts = _simulate(loaded.last_at, progress)
        return DataLoad.objects.create(name=NAME, weeks=loaded.weeks, last_at=loaded.last_at, finished_at=now, counts=counts)


def _simulate(last_at: datetime, progress: Progress) -> dict[str, int]:
    persons = give_persons(last_at.date(), progress)
    prospects = add_prospects(last_at, progress)
    stocked = fill_stock(progress)
    on_sale = put_on_sale(progress)
    users = [*loaded_users(), *User.objects.filter(simulated=True).order_by("email")]
    looked_at = list(Product.objects.filter(is_active=True).order_by("code").values_list("pk", "category__name", "title"))
    products = [product for product, *_ in looked_at]
    return {
        "persons": persons,
        "prospects": prospects,
        "stocked products": stocked,
        "products on sale": on_sale,
        "watched products": watch_some(last_at, progress),
        "wishlist items": add_wishlists(users, products, last_at, progress),
        "carts": add_carts(users, products, last_at, progress),
        "activity": add_activity(users, looked_at, last_at, progress),
    }
