"""The demo's segments a second time, as SQL over the shop's tables; runs on SQLite and PostgreSQL.

Each is a condition on `people`, one row a person: `person` is "u" and the account's id or "g" and the guest's e-mail.
"""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

ZONE = ZoneInfo("Europe/London")

PEOPLE = """
WITH purchases AS (
    SELECT CASE WHEN user_id IS NULL THEN 'g' || lower(email) ELSE 'u' || user_id END AS person, placed_at, total
    FROM shop_order WHERE status <> 'cancelled' AND placed_at <= %(now)s
), returns AS (
    SELECT CASE WHEN user_id IS NULL THEN 'g' || lower(email) ELSE 'u' || user_id END AS person, at, amount
    FROM shop_refund WHERE at <= %(now)s
), people AS (
    SELECT 'u' || id AS person, country, accepts_email, substr(CAST(birth_date AS text), 6, 5) AS birthday
    FROM shop_user WHERE is_active AND NOT is_staff
    UNION
    SELECT person, '', NULL, NULL FROM purchases WHERE person LIKE 'g%%'
)
SELECT person FROM people WHERE {condition}
"""

COUNT = "(SELECT count(*) FROM purchases WHERE purchases.person = people.person{since})"
LATELY = COUNT.format(since=" AND placed_at >= %({days})s")
EVER = COUNT.format(since="")
SPENT = "coalesce((SELECT sum(total) FROM purchases p WHERE p.person = people.person AND placed_at >= %(d365)s), 0)"
RETURNED = "coalesce((SELECT sum(amount) FROM returns r WHERE r.person = people.person AND at >= %(d365)s), 0)"
# SQLite adds decimals up as floats; in whole pence there is nothing to be wrong about.
ALL_PENCE = "(SELECT round(100 * sum(total)) FROM purchases p WHERE p.person = people.person)"

CONDITIONS = {
    "bought-last-30-days": LATELY.format(days="d30") + " >= 1",
    "lapsed": f"{EVER} >= 1 AND {LATELY.format(days='d90')} = 0",
    "never-bought": f"{EVER} = 0",
    "new-customers": "(SELECT min(placed_at) FROM purchases p WHERE p.person = people.person) >= %(d30)s",
    "one-time-buyers": f"{EVER} = 1",
    "repeat-buyers": f"{EVER} >= 2",
    "loyal": f"{EVER} >= 3 AND {LATELY.format(days='d90')} >= 1",
    "dormant": f"{EVER} >= 1 AND {LATELY.format(days='d180')} = 0",
    "winnable": f"{EVER} >= 3 AND {LATELY.format(days='d180')} = 0",
    "lost": f"{EVER} >= 1 AND {LATELY.format(days='d365')} = 0",
    "big-spenders": f"round(100 * ({SPENT} - {RETURNED})) >= 250000",
    "high-average-order": f"{EVER} > 0 AND {ALL_PENCE} >= 50000 * {EVER}",
    "low-average-order": f"{EVER} > 0 AND {ALL_PENCE} < 15000 * {EVER}",
    "large-order": "(SELECT max(total) FROM purchases p WHERE p.person = people.person) >= 1000",
    "returns-heavy": (
        "(SELECT count(*) FROM returns r WHERE r.person = people.person AND at >= %(d365)s) >= 3"
        f" OR round(100 * {RETURNED}) >= 20000"
    ),
    "home": "country = 'GB'",
    "abroad": "country <> '' AND country <> 'GB'",
    "birthday-soon": "birthday IN (%(b0)s, %(b1)s, %(b2)s, %(b3)s, %(b4)s, %(b5)s, %(b6)s, %(b7)s, %(leap)s)",
    "subscribers-never-bought": f"accepts_email AND {EVER} = 0",
}


def members(slug: str, now: dt.datetime) -> set[str]:
    """Who is in the segment at `now`."""
    with connection.cursor() as cursor:
        cursor.execute(PEOPLE.format(condition=CONDITIONS[slug]), _parameters(now))
        return {person for (person,) in cursor.fetchall()}


def _parameters(now: dt.datetime) -> dict[str, Any]:
    today = now.astimezone(ZONE).date()
    midnights = {f"d{days}": _midnight(today - dt.timedelta(days=days)) for days in (30, 90, 180, 365)}
    birthdays = {f"b{days}": f"{today + dt.timedelta(days=days):%m-%d}" for days in range(8)}
    # In a common year those of 29 February are at home on the 28th.
    leap = "02-29" if "02-28" in birthdays.values() and today.year % 4 else ""
    return {"now": _stored(now), **{name: _stored(moment) for name, moment in midnights.items()}, **birthdays, "leap": leap}


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), ZONE)


def _stored(moment: dt.datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(moment)


def as_person(customer_id: str, email: str) -> str:
    """How this file names the person of a profile."""
    return f"u{customer_id}" if customer_id else f"g{email}"
