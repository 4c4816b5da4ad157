"""The relations that rows can be pushed to, each with its place in the schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiRequest, extend_schema_view

from segmentation.rest.base.schema import described
from segmentation.rest.imports.asked import MOST_ROWS, PushedSerializer
from segmentation.rest.imports.rows import push_schema
from segmentation.rest.imports.views import ImportViewSet, WishImportViewSet
from segmentation.sources.stored.shapes import SHAPES, shape_of


class Told(NamedTuple):
    """What the schema tells of a relation."""

    address: str
    what: str
    row: Mapping[str, Any]
    more: str = ""


LINE = {"product_id": "LAMP", "quantity": 2, "line_total": "39.80", "discount": "4.00"}

TOLD: Mapping[str, Told] = {
    "customers": Told(
        "customers",
        "customers",
        {
            "customer_id": "17",
            "email": "ada@example.com",
            "first_name": "Ada",
            "country": "FR",
            "joined_at": "2025-04-27T12:00:00+02:00",
        },
    ),
    "products": Told("products", "products", {"product_id": "LAMP", "title": "Desk lamp", "category": "Lamps", "price": "19.90"}),
    "orders": Told(
        "orders",
        "orders with their lines",
        {
            "order_id": "1001",
            "customer": "17",
            "placed_at": "2026-05-31T21:14:03+02:00",
            "total": "39.80",
            "currency": "EUR",
            "lines": [LINE],
        },
        " Whoever only an order names by `customer` is a customer from now on. "
        "An order that is taken away goes with its lines and refunds.",
    ),
    "refunds": Told(
        "refunds",
        "refunds",
        {"refund_id": "R7", "customer": "17", "order_id": "1001", "amount": "19.90", "at": "2026-06-02T10:00:00+02:00"},
    ),
    "carts": Told(
        "carts",
        "carts with their lines",
        {
            "cart_id": "c-81",
            "customer": "17",
            "state": "open",
            "currency": "EUR",
            "total": "39.80",
            "lines": [{"product_id": "LAMP", "quantity": 2}],
        },
    ),
    "wishlist_items": Told("wishlist-items", "wishes", {"customer": "17", "product_id": "LAMP"}),
}
DONE: dict[str, Any] = {
    "created": 1,
    "updated": 0,
    "unchanged": 0,
    "repeated": 0,
    "customers_created": 0,
    "refused": 0,
    "errors": [],
}
"""What a push of one new row is answered."""


def view_of(relation: str) -> type[ImportViewSet]:
    """The resource of a relation."""
    told = TOLD[relation]
    model = shape_of(relation).model._meta
    rights = {
        "create": tuple(f"{model.app_label}.{verb}_{model.model_name}" for verb in ("add", "change")),
        "destroy": (f"{model.app_label}.delete_{model.model_name}",),
    }
    base = WishImportViewSet if relation == WishImportViewSet.relation else ImportViewSet
    made: type[ImportViewSet] = type(f"{model.object_name}ViewSet", (base,), {"relation": relation, "rights": rights})
    return extend_schema_view(
        create=_create(told, relation, model.model_name), destroy=_destroy(told, relation, model.model_name)
    )(made)


def _create(told: Told, relation: str, name: str | None) -> Any:
    example = {"rows": [told.row]}
    return described(
        operation_id=f"imports_{relation}_push",
        summary=f"Push {told.what}",
        description=(
            f"Up to {MOST_ROWS:,} rows: those that are new or differ are written, so the same rows again change nothing. "
            "Columns that a row does not give stay as they were, null takes a value away. Where a row is bad, none is stored, "
            f"unless the push is `partial`.{told.more} Answers 409 where the shop's source does not read pushed rows. "
            f"Needs the permissions `add_{name}` and `change_{name}`."
        ),
        request=OpenApiRequest(push_schema(relation)),
        responses={200: PushedSerializer},
        examples=[
            OpenApiExample("one row", value=example, request_only=True),
            OpenApiExample("stored", value=DONE, response_only=True),
        ],
    )


def _destroy(told: Told, relation: str, name: str | None) -> Any:
    key = OpenApiParameter("key", OpenApiTypes.STR, OpenApiParameter.PATH, description="The row's key, percent-encoded.")
    named = SHAPES["wishlist_items"].key
    wish = [
        OpenApiParameter(column, {"type": "string", "minLength": 1}, OpenApiParameter.QUERY, required=True) for column in named
    ]
    return described(
        operation_id=f"imports_{relation}_delete",
        summary=f"Take away one of the {told.what}",
        description=f"The row that the key names.{told.more} Needs the permission `delete_{name}`.",
        parameters=wish if relation == WishImportViewSet.relation else [key],
        responses={204: None},
    )
