"""The columns of the shops that the strategies make, with their kinds; and the decimals of number columns."""

from __future__ import annotations

from collections.abc import Mapping

SCHEMA: Mapping[str, str] = {
    "customer.country": "text",
    "customer.language": "text",
    "customer.city": "text",
    "customer.accepts_email": "boolean",
    "customer.birth_date": "date",
    "customer.joined_at": "time",
    "customer.points": "number",
    "customer.rating": "number",
    "orders.total": "money",
    "orders.discount": "money",
    "orders.coupon_code": "text",
    "orders.channel": "text",
    "orders.items": "number",
    "orders.gift": "boolean",
    "orders.placed_at": "time",
    "orders.due_on": "date",
    "order_lines.quantity": "number",
    "order_lines.line_total": "money",
    "refunds.amount": "money",
    "refunds.at": "time",
    "spend.amount": "money",
    "spend.at": "time",
}
SCALES: Mapping[str, int] = {"customer.rating": 2}


def columns_of(relation: str, kinds: Mapping[str, str]) -> dict[str, str]:
    """The columns of one relation (or of "customer") and their kinds, without the prefix."""
    prefix = relation + "."
    return {field.removeprefix(prefix): kind for field, kind in kinds.items() if field.startswith(prefix)}
