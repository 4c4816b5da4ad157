"""The ready-made segments a second time, as SQL over the demo shop's tables; runs on SQLite and PostgreSQL.

Each is a condition on `people`, one row a person: `person` is "u" and the account's id or "g" and the guest's e-mail. Money is
in whole pence, since SQLite adds decimals up as floats.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

ZONE = ZoneInfo("Europe/London")

PEOPLE = """
WITH purchases AS (
    SELECT CASE WHEN user_id IS NULL THEN 'g' || lower(email) ELSE 'u' || user_id END AS person,
           id, number, placed_at AS at, coupon_code, CAST(round(100 * total) AS bigint) AS pence
    FROM shop_order WHERE status <> 'cancelled' AND placed_at <= %(now)s
), lines AS (
    SELECT purchases.person, purchases.id, category.name AS category,
           product.price > line.unit_price AND line.quantity > 0 AS reduced
    FROM shop_orderline line
    JOIN purchases ON purchases.id = line.order_id
    LEFT JOIN shop_product product ON product.id = line.product_id
    LEFT JOIN shop_category category ON category.id = product.category_id
), returns AS (
    SELECT CASE WHEN user_id IS NULL THEN 'g' || lower(email) ELSE 'u' || user_id END AS person,
           at, CAST(round(100 * amount) AS bigint) AS pence
    FROM shop_refund WHERE at <= %(now)s
), spend AS (
    SELECT person, at, pence FROM purchases UNION ALL SELECT person, at, -pence FROM returns
), baskets AS (
    SELECT 'u' || cart.user_id AS person, cart.updated_at AS at, cart.state,
           (SELECT count(*) FROM shop_cartline line WHERE line.cart_id = cart.id AND line.quantity > 0) AS filled,
           (SELECT sum(line.quantity * product.price)
            FROM shop_cartline line JOIN shop_product product ON product.id = line.product_id
            WHERE line.cart_id = cart.id) AS total
    FROM shop_cart cart WHERE cart.user_id IS NOT NULL AND cart.updated_at <= %(now)s
), wishes AS (
    SELECT 'u' || item.user_id AS person, product.stock
    FROM shop_wishlistitem item JOIN shop_product product ON product.id = item.product_id
    WHERE item.added_at <= %(now)s
), deeds AS (
    SELECT 'u' || customer AS person, kind, at, channel, device FROM regulars_segmentation_activity
    WHERE customer <> '' AND at <= %(now)s
), people AS (
    SELECT 'u' || id AS person, country, accepts_email, substr(CAST(birth_date AS text), 6, 5) AS birthday
    FROM shop_user WHERE is_active AND NOT is_staff
    UNION
    SELECT person, '', NULL, NULL FROM purchases WHERE person LIKE 'g%%'
)
SELECT person FROM people WHERE {condition}
"""

OWN = "WHERE row.person = people.person"
ORDERS = f"(SELECT count(*) FROM purchases row {OWN})"


def orders_since(days: int) -> str:
    """How many of the last days."""
    return f"(SELECT count(*) FROM purchases row {OWN} AND row.at >= %(d{days})s)"


def deeds_since(days: int, condition: str = "TRUE") -> str:
    """How many deeds of the last days that fulfil a condition."""
    return f"(SELECT count(*) FROM deeds row {OWN} AND row.at >= %(d{days})s AND {condition})"


VISIT = "row.kind = 'visit'"


def cut_off(values: str, percent: int, direction: str) -> str:
    """The value of the last of the first so many percent; those who are level with her are in too.

    `values` gives a value for each person who has one, as of midnight: that is when a day's cut-off is made.
    """
    ranked = f"SELECT value, rank() OVER (ORDER BY value {direction}) AS place, count(*) OVER () AS people FROM ({values}) one"
    furthest = "max" if direction == "ASC" else "min"
    return f"(SELECT {furthest}(value) FROM ({ranked}) ranked WHERE place <= (people * {percent} + 99) / 100)"


SPENT = f"(SELECT sum(row.pence) FROM spend row {OWN} AND row.at >= %(d365)s)"
SPENT_AT_MIDNIGHT = "SELECT sum(pence) AS value FROM spend WHERE at BETWEEN %(d365)s AND %(midnight)s GROUP BY person"
AVERAGE = f"(SELECT CAST(sum(row.pence) AS double precision) / count(*) FROM purchases row {OWN})"
AVERAGE_AT_MIDNIGHT = (
    "SELECT CAST(sum(pence) AS double precision) / count(*) AS value FROM purchases WHERE at <= %(midnight)s GROUP BY person"
)
BIG_SPENDERS = f"{SPENT} >= {cut_off(SPENT_AT_MIDNIGHT, 10, 'DESC')}"
STILL_BIG_SPENDERS = f"{SPENT} >= {cut_off(SPENT_AT_MIDNIGHT, 12, 'DESC')}"
"""Who is in stays so long."""

CONDITIONS: Mapping[str, str] = {
    "bought-lately": f"{orders_since(30)} >= 1",
    "lapsed": f"{ORDERS} >= 1 AND {orders_since(90)} = 0",
    "new-customers": f"(SELECT min(row.at) FROM purchases row {OWN}) >= %(d30)s",
    "dormant": f"{ORDERS} >= 1 AND {orders_since(180)} = 0",
    "winnable": f"{ORDERS} >= 3 AND {orders_since(180)} = 0",
    "lost": f"{ORDERS} >= 1 AND {orders_since(365)} = 0",
    "never-bought": f"{ORDERS} = 0",
    "one-time-buyers": f"{ORDERS} = 1",
    "repeat-buyers": f"{ORDERS} >= 2",
    "loyal": f"{ORDERS} >= 3 AND {orders_since(90)} >= 1",
    "wide-range-buyers": f"(SELECT count(DISTINCT row.category) FROM lines row {OWN}) >= 4",
    "big-spenders": BIG_SPENDERS,
    "high-average-order": f"{AVERAGE} >= {cut_off(AVERAGE_AT_MIDNIGHT, 20, 'DESC')}",
    "low-average-order": f"{AVERAGE} <= {cut_off(AVERAGE_AT_MIDNIGHT, 20, 'ASC')}",
    "coupon-lovers": f"{ORDERS} >= 2 AND 2 * (SELECT count(*) FROM purchases row {OWN} AND row.coupon_code <> '') >= {ORDERS}",
    "bargain-buyers": (
        f"{ORDERS} >= 2 AND (SELECT 2 * sum(CASE WHEN row.reduced THEN 1 ELSE 0 END) >= count(*) FROM lines row {OWN})"
    ),
    "returns-heavy": f"(SELECT count(*) FROM returns row {OWN} AND row.at >= %(d365)s) >= 3",
    "abandoned-basket": (
        f"EXISTS (SELECT * FROM baskets row {OWN} AND row.state = 'open' AND row.filled > 0"
        " AND row.at >= %(d30)s AND row.at < %(h2)s"
        " AND NOT EXISTS (SELECT * FROM purchases later WHERE later.person = people.person AND later.at >= row.at))"
    ),
    "open-basket": f"EXISTS (SELECT * FROM baskets row {OWN} AND row.state = 'open' AND row.total >= 50 AND row.at >= %(d7)s)",
    "wishes-running-low": f"EXISTS (SELECT * FROM wishes row {OWN} AND row.stock BETWEEN 1 AND 3)",
    "browse-abandoners": (
        f"""{deeds_since(7, "row.kind = 'view'")} >= 3 AND {deeds_since(7, "row.kind = 'add_to_cart'")} = 0"""
        f" AND {orders_since(7)} = 0"
    ),
    "curious-prospects": f"{ORDERS} = 0 AND {deeds_since(30, VISIT)} >= 1",
    "indecisive-prospects": (
        f"""{ORDERS} = 0 AND ({deeds_since(30, VISIT)} >= 3 OR {deeds_since(30, "row.kind = 'add_to_cart'")} >= 2)"""
    ),
    "all-prospects": f"{ORDERS} = 0 AND EXISTS (SELECT * FROM deeds row {OWN})",
    "mobile-shoppers": (f"""{deeds_since(90)} > 0 AND 10 * {deeds_since(90, "row.device = 'phone'")} >= 8 * {deeds_since(90)}"""),
    **{
        f"{channel}-lovers": deeds_since(90, f"{VISIT} AND row.channel = '{channel}'") + " >= 3"
        for channel in ("email", "search", "social")
    },
    "engagement-high": f"{deeds_since(30)} >= 20",
    "engagement-fading": f"{deeds_since(90, VISIT)} >= 3 AND {deeds_since(30, VISIT)} = 0",
    "at-home": "country = 'GB'",
    "abroad": "country <> '' AND country <> 'GB'",
    "country-fr": "country = 'FR'",
    "birthday-soon": "birthday IN (%(b0)s, %(b1)s, %(b2)s, %(b3)s, %(b4)s, %(b5)s, %(b6)s, %(b7)s, %(leap)s)",
    "subscribers-never-bought": f"accepts_email AND {ORDERS} = 0",
}


def members(condition: str, now: dt.datetime) -> set[str]:
    """Whom the condition takes in at `now`."""
    with connection.cursor() as cursor:
        cursor.execute(PEOPLE.format(condition=condition), _parameters(now))
        return {person for (person,) in cursor.fetchall()}


def _parameters(now: dt.datetime) -> dict[str, Any]:
    today = now.astimezone(ZONE).date()
    midnights = {f"d{days}": midnight(today - dt.timedelta(days=days)) for days in (7, 30, 90, 180, 365)}
    moments = {"now": now, "midnight": midnight(today), "h2": now - dt.timedelta(hours=2), **midnights}
    birthdays = {f"b{days}": f"{today + dt.timedelta(days=days):%m-%d}" for days in range(8)}
    # In a common year those of 29 February are at home on the 28th.
    leap = "02-29" if "02-28" in birthdays.values() and today.year % 4 else ""
    return {**{name: stored(moment) for name, moment in moments.items()}, **birthdays, "leap": leap}


def midnight(day: dt.date) -> dt.datetime:
    """When a day of the shop begins."""
    return dt.datetime.combine(day, dt.time(), ZONE)


def stored(moment: dt.datetime) -> Any:
    """A moment as the database compares it."""
    return connection.ops.adapt_datetimefield_value(moment)


def as_person(customer_id: str, email: str) -> str:
    """How this file names the person of a profile."""
    return f"u{customer_id}" if customer_id else f"g{email}"
