"""The columns of the shops that the strategies make, with their kinds; and how the rows of a shop hang together."""

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
    "customer.credit": "money",
    "customer.interests": "set",
    "customer.place": "geo",
    "score.clv": "number",
    "score.wants_P1": "number",
    "orders.total": "money",
    "orders.discount": "money",
    "orders.coupon_code": "text",
    "orders.channel": "text",
    "orders.items": "number",
    "orders.gift": "boolean",
    "orders.placed_at": "time",
    "orders.due_on": "date",
    "orders.tags": "set",
    "orders.delivered_to": "geo",
    "order_lines.quantity": "number",
    "order_lines.line_total": "money",
    "refunds.amount": "money",
    "refunds.at": "time",
    "spend.amount": "money",
    "spend.at": "time",
    "carts.state": "text",
    "carts.total": "money",
    "carts.updated_at": "time",
    "cart_lines.quantity": "number",
    "cart_lines.line_total": "money",
    "wishlist_items.priority": "number",
    "wishlist_items.added_at": "time",
    "events.kind": "text",
    "events.value": "number",
    "events.at": "time",
    "products.category": "text",
    "products.brand": "text",
    "products.price": "money",
    "products.stock": "number",
}
SCALES: Mapping[str, int] = {"customer.rating": 2, "score.clv": 6, "score.wants_P1": 6}

SCORE = "score"

# Rows above: a line's `order.channel` is the column `channel` of the row of `orders` that its `order_id` names.
ABOVE: Mapping[str, Mapping[str, str]] = {
    "order_lines": {"order": "orders", "product": "products"},
    "cart_lines": {"cart": "carts", "product": "products"},
    "wishlist_items": {"product": "products"},
    "events": {"product": "products"},
}
# Rows below, as quantifiers name them.
BELOW: Mapping[str, Mapping[str, str]] = {"orders": {"lines": "order_lines"}, "carts": {"lines": "cart_lines"}}
# Lines have the person, the time and the currency of the row they belong to.
OWNER = {"order_lines": "order", "cart_lines": "cart"}
TIME_COLUMNS = {
    "orders": "placed_at",
    "refunds": "at",
    "spend": "at",
    "carts": "updated_at",
    "wishlist_items": "added_at",
    "events": "at",
}
# What names a row within its relation, in the order of which rows of equal times stand; elsewhere it is `pk`.
KEY_COLUMNS = {"orders": "order_id", "carts": "cart_id", "products": "product_id"}


def columns_of(relation: str, kinds: Mapping[str, str]) -> dict[str, str]:
    """The columns of one relation (or of "customer") and their kinds, without the prefix."""
    prefix = relation + "."
    return {field.removeprefix(prefix): kind for field, kind in kinds.items() if field.startswith(prefix)}


def columns_with_those_above(relation: str, kinds: Mapping[str, str]) -> dict[str, str]:
    """The columns of one relation, and under dotted names those of the rows above."""
    found = columns_of(relation, kinds)
    for name, parent in ABOVE.get(relation, {}).items():
        found |= {f"{name}.{column}": kind for column, kind in columns_of(parent, kinds).items()}
    return found


def kind_of(relation: str, column: str, kinds: Mapping[str, str]) -> str:
    """The kind of a column, which may be dotted. Raises KeyError for one that is not known."""
    name, dot, above = column.partition(".")
    return kind_of(ABOVE[relation][name], above, kinds) if dot else kinds[f"{relation}.{column}"]


def has_time(relation: str, kinds: Mapping[str, str]) -> bool:
    """Whether the shop says when the rows of the relation happened."""
    if relation in OWNER:
        return has_time(ABOVE[relation][OWNER[relation]], kinds)
    return f"{relation}.{TIME_COLUMNS[relation]}" in kinds
