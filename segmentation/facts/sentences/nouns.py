"""What the rows of each relation are called in each place of a sentence.

A language may need another form in each: a case, an article, a gender. The context of a message says what it stands after.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import npgettext_lazy, pgettext_lazy

from segmentation.facts.relations import spaced
from segmentation.facts.sentences.counts import Countable
from segmentation.facts.sentences.messages import Message


@dataclass(frozen=True, slots=True)
class Forms:
    """One thing in all its forms; English shows what each is for."""

    some: Countable
    number: Message
    over: Message
    between: Message
    one: Message
    such: Message
    every: Message
    first: Message
    last: Message
    nth: Message
    since_last: Message


_FORMS: dict[str, Forms] = {
    "orders": Forms(
        some=Countable(
            none=pgettext_lazy("count", "no orders"),
            counted=npgettext_lazy("count", "%(n)d order", "%(n)d orders", "n"),
            up_to=npgettext_lazy("count: up to", "%(n)d order", "%(n)d orders", "n"),
        ),
        number=pgettext_lazy("measure", "the number of orders"),
        over=pgettext_lazy("measure of", "orders"),
        between=pgettext_lazy("days between", "orders"),
        one=pgettext_lazy("step", "an order"),
        such=pgettext_lazy("without", "such an order"),
        every=pgettext_lazy("for", "every order"),
        first=pgettext_lazy("for", "the first order"),
        last=pgettext_lazy("for", "the last order"),
        nth=pgettext_lazy("for", "order number %(n)d"),
        since_last=pgettext_lazy("since", "the last order"),
    ),
    "order_lines": Forms(
        some=Countable(
            none=pgettext_lazy("count", "no order lines"),
            counted=npgettext_lazy("count", "%(n)d order line", "%(n)d order lines", "n"),
            up_to=npgettext_lazy("count: up to", "%(n)d order line", "%(n)d order lines", "n"),
        ),
        number=pgettext_lazy("measure", "the number of order lines"),
        over=pgettext_lazy("measure of", "order lines"),
        between=pgettext_lazy("days between", "order lines"),
        one=pgettext_lazy("step", "an order line"),
        such=pgettext_lazy("without", "such an order line"),
        every=pgettext_lazy("for", "every order line"),
        first=pgettext_lazy("for", "the first order line"),
        last=pgettext_lazy("for", "the last order line"),
        nth=pgettext_lazy("for", "order line number %(n)d"),
        since_last=pgettext_lazy("since", "the last order line"),
    ),
    "refunds": Forms(
        some=Countable(
            none=pgettext_lazy("count", "no refunds"),
            counted=npgettext_lazy("count", "%(n)d refund", "%(n)d refunds", "n"),
            up_to=npgettext_lazy("count: up to", "%(n)d refund", "%(n)d refunds", "n"),
        ),
        number=pgettext_lazy("measure", "the number of refunds"),
        over=pgettext_lazy("measure of", "refunds"),
        between=pgettext_lazy("days between", "refunds"),
        one=pgettext_lazy("step", "a refund"),
        such=pgettext_lazy("without", "such a refund"),
        every=pgettext_lazy("for", "every refund"),
        first=pgettext_lazy("for", "the first refund"),
        last=pgettext_lazy("for", "the last refund"),
        nth=pgettext_lazy("for", "refund number %(n)d"),
        since_last=pgettext_lazy("since", "the last refund"),
    ),
    "spend": Forms(
        some=Countable(
            none=pgettext_lazy("count", "no orders or refunds"),
            counted=npgettext_lazy("count", "%(n)d order or refund", "%(n)d orders and refunds", "n"),
            up_to=npgettext_lazy("count: up to", "%(n)d order or refund", "%(n)d orders and refunds", "n"),
        ),
        number=pgettext_lazy("measure", "the number of orders and refunds"),
        over=pgettext_lazy("measure of", "orders less refunds"),
        between=pgettext_lazy("days between", "orders and refunds"),
        one=pgettext_lazy("step", "an order or refund"),
        such=pgettext_lazy("without", "such an order or refund"),
        every=pgettext_lazy("for", "every order or refund"),
        first=pgettext_lazy("for", "the first order or refund"),
        last=pgettext_lazy("for", "the last order or refund"),
        nth=pgettext_lazy("for", "order or refund number %(n)d"),
        since_last=pgettext_lazy("since", "the last order or refund"),
    ),
    "carts": Forms(
        some=Countable(
            none=pgettext_lazy("count", "no carts"),
            counted=npgettext_lazy("count", "%(n)d cart", "%(n)d carts", "n"),
            up_to=npgettext_lazy("count: up to", "%(n)d cart", "%(n)d carts", "n"),
        ),
        number=pgettext_lazy("measure", "the number of carts"),
        over=pgettext_lazy("measure of", "carts"),
        between=pgettext_lazy("days between", "carts"),
        one=pgettext_lazy("step", "a cart"),
        such=pgettext_lazy("without", "such a cart"),
        every=pgettext_lazy("for", "every cart"),
        first=pgettext_lazy("for", "the first cart"),
        last=pgettext_lazy("for", "the last cart"),
        nth=pgettext_lazy("for", "cart number %(n)d"),
        since_last=pgettext_lazy("since", "the last cart"),
    ),
    "cart_lines": Forms(
        some=Countable(
            none=pgettext_lazy("count", "no cart lines"),
            counted=npgettext_lazy("count", "%(n)d cart line", "%(n)d cart lines", "n"),
            up_to=npgettext_lazy("count: up to", "%(n)d cart line", "%(n)d cart lines", "n"),
        ),
        number=pgettext_lazy("measure", "the number of cart lines"),
        over=pgettext_lazy("measure of", "cart lines"),
        between=pgettext_lazy("days between", "cart lines"),
        one=pgettext_lazy("step", "a cart line"),
        such=pgettext_lazy("without", "such a cart line"),
        every=pgettext_lazy("for", "every cart line"),
        first=pgettext_lazy("for", "the first cart line"),
        last=pgettext_lazy("for", "the last cart line"),
        nth=pgettext_lazy("for", "cart line number %(n)d"),
        since_last=pgettext_lazy("since", "the last cart line"),
    ),
    "wishlist_items": Forms(
        some=Countable(
            none=pgettext_lazy("count", "no wishlist items"),
            counted=npgettext_lazy("count", "%(n)d wishlist item", "%(n)d wishlist items", "n"),
            up_to=npgettext_lazy("count: up to", "%(n)d wishlist item", "%(n)d wishlist items", "n"),
        ),
        number=pgettext_lazy("measure", "the number of wishlist items"),
        over=pgettext_lazy("measure of", "wishlist items"),
        between=pgettext_lazy("days between", "wishlist items"),
        one=pgettext_lazy("step", "a wishlist item"),
        such=pgettext_lazy("without", "such a wishlist item"),
        every=pgettext_lazy("for", "every wishlist item"),
        first=pgettext_lazy("for", "the first wishlist item"),
        last=pgettext_lazy("for", "the last wishlist item"),
        nth=pgettext_lazy("for", "wishlist item number %(n)d"),
        since_last=pgettext_lazy("since", "the last wishlist item"),
    ),
    "events": Forms(
        some=Countable(
            none=pgettext_lazy("count", "no events"),
            counted=npgettext_lazy("count", "%(n)d event", "%(n)d events", "n"),
            up_to=npgettext_lazy("count: up to", "%(n)d event", "%(n)d events", "n"),
        ),
        number=pgettext_lazy("measure", "the number of events"),
        over=pgettext_lazy("measure of", "events"),
        between=pgettext_lazy("days between", "events"),
        one=pgettext_lazy("step", "an event"),
        such=pgettext_lazy("without", "such an event"),
        every=pgettext_lazy("for", "every event"),
        first=pgettext_lazy("for", "the first event"),
        last=pgettext_lazy("for", "the last event"),
        nth=pgettext_lazy("for", "event number %(n)d"),
        since_last=pgettext_lazy("since", "the last event"),
    ),
}

_UNKNOWN = Forms(
    some=Countable(
        none=pgettext_lazy("count", "no rows of %(relation)s"),
        counted=npgettext_lazy("count", "%(n)d row of %(relation)s", "%(n)d rows of %(relation)s", "n"),
        up_to=npgettext_lazy("count: up to", "%(n)d row of %(relation)s", "%(n)d rows of %(relation)s", "n"),
    ),
    number=pgettext_lazy("measure", "the number of rows of %(relation)s"),
    over=pgettext_lazy("measure of", "%(relation)s"),
    between=pgettext_lazy("days between", "rows of %(relation)s"),
    one=pgettext_lazy("step", "a row of %(relation)s"),
    such=pgettext_lazy("without", "such a row of %(relation)s"),
    every=pgettext_lazy("for", "every row of %(relation)s"),
    first=pgettext_lazy("for", "the first row of %(relation)s"),
    last=pgettext_lazy("for", "the last row of %(relation)s"),
    nth=pgettext_lazy("for", "row number %(n)d of %(relation)s"),
    since_last=pgettext_lazy("since", "the last row of %(relation)s"),
)
"""A relation of the shop's own, which no translator has seen."""


@dataclass(frozen=True, slots=True)
class Noun:
    """The forms for a relation, with the words that they need."""

    forms: Forms
    words: Mapping[str, str]

    def said(self, form: str, **numbers: int) -> str:
        """One of the forms, by its name."""
        message: Message = getattr(self.forms, form)
        return message % {**self.words, **numbers}


def noun(relation: str) -> Noun:
    """What rows of a relation are called."""
    return Noun(_FORMS.get(relation, _UNKNOWN), {"relation": spaced(relation)})
