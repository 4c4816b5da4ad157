"""`facts/`: what a rule may ask about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter

from segmentation.engine.shop import active_shop
from segmentation.facts import Catalogue, Fact, Family
from segmentation.facts.meaning import meaning
from segmentation.rest.base.problems import wrong_parameter
from segmentation.rest.base.rights import IsStaff
from segmentation.rest.base.schema import described
from segmentation.rest.base.views import Request, Response, StaffView
from segmentation.rest.facts.shapes import FactsListed, plain_facts
from segmentation.rest.segments.examples import answered
from segmentation.rest.segments.rights import WritesRules

FACTS = {
    "base_currency": "GBP",
    "results": [
        {
            "name": "orders.total",
            "relation": "orders",
            "label": "orders: total",
            "help": "What the order came to.",
            "family": "value",
            "kind": "money",
            "unit": "GBP",
            "operators": ["=", "!=", "in", "<", "<=", ">", ">=", "between", "is_set", "is_not_set"],
            "measures": ["count_distinct", "sum", "avg", "min", "max", "share"],
            "current": False,
            "restricted": False,
            "has_choices": False,
        }
    ],
    "relations": [
        {"name": "orders", "label": "orders", "windows": ["last"], "below": {"lines": "order_lines"}, "needs_consent": False}
    ],
    "families": [{"name": "value", "label": "Value", "help": "What customers are worth."}],
    "operators": [{"name": ">=", "text": ">=", "value": "one", "negative": False}],
    "measures": [
        {
            "name": "sum",
            "kinds": ["money", "number"],
            "must_have": True,
            "is_number": False,
            "needs_where": False,
            "needs_time": False,
        }
    ],
}


class FactsView(StaffView):
    """All facts at once: there are some hundred."""

    permission_classes = [IsStaff, WritesRules]

    @described(
        operation_id="facts_list",
        summary="What a rule may ask about",
        description=(
            "Every fact by the name a rule calls it, in the language of who asks, and beside them the relations, "
            "operators and measures that rules are made of. Needs the permission `add_segment` or `change_segment`."
        ),
        tags=["facts"],
        parameters=[
            OpenApiParameter("relation", str, description="Such as `customer` or `orders`."),
            OpenApiParameter("family", str, enum=[family.value for family in Family]),
            OpenApiParameter("search", str, description="In names, labels and what they mean."),
        ],
        responses={200: FactsListed},
        examples=[answered("One of them", FACTS)],
    )
    def get(self, request: Request) -> Response:
        """Those that are asked for, in the order of the source."""
        catalogue = active_shop().catalogue
        return Response(FactsListed(plain_facts(catalogue, _matching(catalogue, request.query_params))).data)


def _matching(catalogue: Catalogue, asked: Mapping[str, str]) -> Iterator[tuple[str, Fact]]:
    relation, family, words = asked.get("relation", ""), asked.get("family", ""), asked.get("search", "").casefold()
    if family and family not in list(Family):
        raise wrong_parameter("family", _("There is no such family."), "invalid-choice")
    return (
        (name, fact)
        for name, fact in catalogue
        if relation in ("", name.partition(".")[0]) and family in ("", fact.family) and words in _said(name, fact)
    )


def _said(name: str, fact: Fact) -> str:
    return f"{name} {meaning(name, fact)} {fact.help}".casefold()
