"""The demo's segments a second time, as SQL over the shop's tables: those of tests/presets, and what the demo has besides.

What SQL cannot say on both databases (hashes, days of the shop) is worked out here from rows that it gives.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping
from itertools import groupby

from segmentation.models import Profile
from shopdemo.shop.models import Order
from tests.presets.sql import CONDITIONS, OWN, ZONE, as_person, midnight, orders_since, stored
from tests.presets.sql import members as members_by_sql

Answer = Callable[[dt.datetime], set[str]]

HALF = 50


def members(slug: str, now: dt.datetime) -> set[str]:
    """Who is in the segment at `now`."""
    return ANSWERS[slug](now)


def _of(condition: str) -> Answer:
    return lambda now: members_by_sql(condition, now)


def _vip(now: dt.datetime) -> set[str]:
    return members("loyal", now) & members("big-spenders", now)


def _every_month(now: dt.datetime) -> set[str]:
    return _bought(1, now) & _bought(2, now) & _bought(3, now)


def _gone_quiet(now: dt.datetime) -> set[str]:
    return _bought(2, now) & _bought(3, now) & _bought(4, now) - _bought(1, now)


def _bought(period: int, now: dt.datetime) -> set[str]:
    """Who bought in this of the last months, counted back from today; the first is not over yet."""
    today = now.astimezone(ZONE).date()
    start, end = (stored(midnight(_months_before(today, months))) for months in (period, period - 1))
    after = "" if period == 1 else f" AND row.at < '{end}'"
    return members_by_sql(f"EXISTS (SELECT * FROM purchases row {OWN} AND row.at >= '{start}'{after})", now)


def _months_before(day: dt.date, months: int) -> dt.date:
    """The same day of an earlier month, or the last that it has."""
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    following = dt.date(years + (month == 11), (month + 1) % 12 + 1, 1)
    return dt.date(years, month + 1, min(day.day, (following - dt.timedelta(days=1)).day))


def _spring_test(now: dt.datetime) -> set[str]:
    rows = Profile.objects.exclude(kind="visitor").values_list("customer_id", "email", "key")
    return {as_person(customer, email) for customer, email, key in rows if _bucket(f"spring:{key}") < HALF}


def _bucket(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") % 100


def _worth_a_call(now: dt.datetime) -> set[str]:
    sets = [members("big-spenders", now), _bought_every_thirty_days(now), members_by_sql(f"{orders_since(365)} >= 10", now)]
    return {person for one in sets for person in one if sum(person in other for other in sets) >= 2}


def _bought_every_thirty_days(now: dt.datetime) -> set[str]:
    """Whose orders lie thirty days apart or less, on average."""
    found = set()
    for person, days in _days_of_orders(now).items():
        if len(days) >= 2 and (max(days) - min(days)).days <= 30 * (len(days) - 1):
            found.add(person)
    return found


def _days_of_orders(now: dt.datetime) -> dict[str, list[dt.date]]:
    orders = Order.objects.exclude(status="cancelled").filter(placed_at__lte=now)
    rows = sorted(
        (as_person(str(user or ""), email.lower()), at.astimezone(ZONE).date())
        for user, email, at in orders.values_list("user_id", "email", "placed_at")
    )
    return {person: [day for _, day in days] for person, days in groupby(rows, key=lambda row: row[0])}


EXTRA: Mapping[str, Answer] = {
    "subscribers": _of("accepts_email"),
    "said-women": _of("people.person IN (SELECT 'u' || id FROM shop_user WHERE gender = 'female')"),
    "said-men": _of("people.person IN (SELECT 'u' || id FROM shop_user WHERE gender = 'male')"),
    "vip": _vip,
    "every-month": _every_month,
    "gone-quiet": _gone_quiet,
    "large-first-order": _of(f"(SELECT row.pence FROM purchases row {OWN} ORDER BY row.at, row.number LIMIT 1) >= 50000"),
    "spring-test": _spring_test,
    "worth-a-call": _worth_a_call,
    "lighting-and-bags": _of(
        "EXISTS (SELECT * FROM lines one JOIN lines other ON other.id = one.id WHERE one.person = people.person"
        " AND one.category = 'Lighting & Candles' AND other.category = 'Bags & Travel')"
    ),
}

ANSWERS: Mapping[str, Answer] = {
    **{slug: _of(condition) for slug, condition in CONDITIONS.items() if slug != "coupon-lovers"},
    **EXTRA,
}
