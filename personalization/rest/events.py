"""`events/`: what visitors do, told by the front in batches."""

from __future__ import annotations

import logging
from typing import Any

from django.db import DatabaseError
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from personalization.collecting.batch import MOST_BYTES, Batch, read_batch
from personalization.collecting.taking import Taken, take
from personalization.collecting.wrong import CannotTake, TooLarge
from personalization.rest.event_limits import take_of_network, take_of_visitor
from personalization.rest.event_shapes import EXAMPLES, BatchSerializer, TakenSerializer
from personalization.rest.front.origins import is_allowed
from personalization.rest.front.subject import Subject, visitor_of
from personalization.rest.front.views import FrontView
from personalization.visitor.who import Visitor
from segmentation.rest.base.callers import Caller
from segmentation.rest.base.problems import Failed, Fault
from segmentation.rest.base.reading import body
from segmentation.rest.base.schema import described

logger = logging.getLogger(__name__)

MEDIA = ("application/json", "text/plain")
"""A beacon of plain text asks no other origin for leave first."""


class EventsView(FrontView):
    """A batch of at most 50 events and 64 kB, whosever the session or the visitor's token is.

    No CSRF token is asked, here alone of all that changes something: a beacon cannot carry one. The origin stands for it, and
    what is written is a count of what this very person did.
    """

    most_bytes = MOST_BYTES
    works_in_pieces = ("POST",)  # one transaction of its own, which is begun again where others wrote the same meanwhile

    def payer(self, request: Request) -> Caller:
        """Nobody: it is events that are counted, not requests."""
        return Caller("events", "", is_known=False)

    def get_authenticators(self) -> list[Any]:
        """The same subject, of whom no token is asked."""
        return [Subject(asks_csrf=False)]

    @described(
        operation_id="events_tell",
        summary="Tell what the visitor did",
        description=(
            "Taken event by event: what is wrong fails alone. Send a batch that was not answered, or answered by 429 or 503, "
            "again with the same ids. No CSRF token is asked; the page must be of the shop, or of an origin that it allows."
        ),
        request=dict.fromkeys(MEDIA, BatchSerializer),
        responses={202: TakenSerializer},
        examples=EXAMPLES,
        tags=["front"],
    )
    def post(self, request: Request) -> Response:
        """202 once what could be taken is written."""
        self._check_sender(request)
        visitor = visitor_of(request)
        batch, used = self._batch(request, visitor)
        if visitor.key:
            take_of_visitor(visitor.key, len(batch.events), visitor.now, of_network=used)
        try:
            taken = take(batch, visitor)
        except DatabaseError as error:
            logger.exception("events could not be written")
            raise Failed(503, "unavailable", _("Nothing was taken; send it again.")) from error
        return Response(_said(taken), status=202)

    def _check_sender(self, request: Request) -> None:
        # A page of another origin can send a header of ours only where the shop's CORS lets it.
        if not (_is_own_page(request) or is_allowed(request._request) or visitor_of(request).token):
            raise Failed(403, "origin", _("Events come from pages of the shop, or of an origin that it allows."))
        if request.content_type.partition(";")[0].strip().lower() not in MEDIA:
            raise Failed(415, "unsupported-media-type", _("Send application/json, or text/plain with JSON in it."))

    def _batch(self, request: Request, visitor: Visitor) -> tuple[Batch, int]:
        """The batch, and how many events its network used by now. Whatever it is, it counts."""
        read: Batch | Failed
        try:
            read = read_batch(body(request, MOST_BYTES))
        except TooLarge as error:
            read = Failed(413, error.wrong.code, error.wrong.detail)
        except CannotTake as error:
            fault = Fault(error.wrong.pointer, error.wrong.detail, error.wrong.code)
            read = Failed(400, "no-batch", _("This is no batch of events."), (fault,))
        except Failed as error:
            read = error
        used = take_of_network(request._request, len(read.events) if isinstance(read, Batch) else 1, visitor.now)
        if isinstance(read, Failed):
            raise read
        return read, used


def _is_own_page(request: Request) -> bool:
    """Whether it comes from the shop itself, as far as the browser says; scripts cannot write these headers.

    What says neither comes from no browser of these years.
    """
    asked = request._request
    site, origin = asked.headers.get("Sec-Fetch-Site"), asked.headers.get("Origin")
    return site == "same-origin" or origin == f"{asked.scheme}://{asked.get_host()}"


def _said(taken: Taken) -> dict[str, Any]:
    failed = [{"pointer": wrong.pointer, "detail": wrong.detail, "code": wrong.code} for wrong in taken.failed]
    return {"accepted": taken.accepted, "repeated": taken.repeated, "failed": failed, "reason": taken.reason or None}
