"""`Idempotency-Key` on POST: whoever sends the same again, for no answer came, is answered as the first time; it is done once.

The first to come writes a row of the key before the work begins, and the answer into it together with the work, in one
transaction: either both are there or neither. A row without answer is under way, or its process died; after a minute another may
take it over, and the one that lost it, should it live, undoes its work. Work in pieces (`works_in_pieces` of a view) has no such
transaction: where its process dies between work and answer, it is done again, so it must be of a kind that does no harm twice.

What is kept: answers of 2xx and 4xx, for a day. Not those that say to try again later (5xx, or with `Retry-After`), and not
those given before the work began (401, 403, 429 …), nor of what changes nothing (`only_reads` of a view): a preview of somebody
may be made again. Bodies may hold personal data, so it is a day, and no longer than it takes to purge.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.request import Request

from segmentation.conf import conf
from segmentation.models import KeptAnswer
from segmentation.profiles.expire import ANSWERS_KEPT
from segmentation.rest.base.callers import is_among
from segmentation.rest.base.problems import Failed
from segmentation.rest.base.reading import body

HEADER, REPLAYED = "Idempotency-Key", "Idempotency-Replayed"
KEY = re.compile(r"[!-~]{1,255}")
PATIENCE = timedelta(seconds=60)
"""So long a request may be under way before it is taken for dead."""

KEPT = ("Content-Type", "Content-Language", "Location")
"""Headers that are the answer's own."""


class Replayed(Exception):
    """It was answered before; `response` is that answer."""

    def __init__(self, kept: KeptAnswer) -> None:
        super().__init__(kept.key)
        self.response = HttpResponse(kept.body.encode(), status=kept.status, headers={**kept.headers, REPLAYED: "true"})


class Once:
    """A request under a key, from before its work begins until it is answered."""

    def __init__(self, row: KeptAnswer) -> None:
        self._row = row
        self._is_kept = False

    def keep(self, response: Any) -> None:
        """Write down the answer, in the transaction of the work. Raises Failed (409) where another took over meanwhile."""
        if not self._keep(response):
            raise _busy()
        self._is_kept = True

    def settle(self, response: Any) -> None:
        """Once all is done or undone: an answer that is worth keeping is kept, if it is not yet; else the key is free again."""
        if self._is_kept:
            return
        if response.status_code >= 500 or "Retry-After" in response or response.streaming:
            self._mine().delete()
        else:
            self._keep(response)

    def _keep(self, response: Any) -> bool:
        if hasattr(response, "render"):
            response.render()
        headers = {name: response[name] for name in KEPT if name in response}
        return bool(self._mine().update(status=response.status_code, headers=headers, body=response.content.decode()))

    def _mine(self) -> Any:
        """The row, as long as nobody took it over."""
        return KeptAnswer.objects.filter(pk=self._row.pk, begun_at=self._row.begun_at, status=None)


def begin(request: Request, view: Any) -> Once | None:
    """Before the work of a POST with a key; None without one, and where nothing is changed.

    Raises Replayed where it was answered before, and Failed: 400 for a key that cannot be or a caller who could be anybody, 409
    while the first is under way, 422 where the key came with another request.
    """
    key = request.headers.get(HEADER)
    if key is None or request.method != "POST":
        return None
    caller = view.caller(request)
    if not KEY.fullmatch(key):
        raise Failed(400, "bad-key", _("An Idempotency-Key has 1 to 255 visible ASCII characters."))
    if not caller.is_known:
        raise Failed(400, "bad-key", _("An Idempotency-Key needs to know whose it is."))
    if is_among(view.only_reads, request, view):
        return None
    now = timezone.now()
    identity = {"shop": conf.shop, "caller": caller.name, "key": key}
    row = _new(identity, _asked(request, view), now)
    return Once(row if row is not None else _old(identity, _asked(request, view), now))


def _asked(request: Request, view: Any) -> str:
    """A digest of what is asked: the method, the address and the body."""
    asked = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    asked.update(body(request, view.most_bytes))
    return asked.hexdigest()


def _new(identity: Mapping[str, str], asked: str, now: datetime) -> KeptAnswer | None:
    """The row, if the key is new; in a transaction of its own, so that whoever comes now sees it."""
    KeptAnswer.objects.filter(**identity, begun_at__lte=now - ANSWERS_KEPT).delete()
    try:
        with transaction.atomic():
            return KeptAnswer.objects.create(**identity, asked=asked, begun_at=now)
    except IntegrityError:
        return None


def _old(identity: Mapping[str, str], asked: str, now: datetime) -> KeptAnswer:
    """The row of a key that is known, to be done by us because whoever began is dead. Raises Replayed and Failed."""
    row = KeptAnswer.objects.filter(**identity).first()
    if row is None:  # its work failed and made the key free, a moment ago
        raise _busy()
    if row.asked != asked:
        raise Failed(422, "other-request", _("This Idempotency-Key came with another request before."))
    if row.status is not None:
        raise Replayed(row)
    taken = KeptAnswer.objects.filter(pk=row.pk, status=None, begun_at=row.begun_at, begun_at__lte=now - PATIENCE)
    if not taken.update(begun_at=now):
        raise _busy()
    row.begun_at = now
    return row


def _busy() -> Failed:
    return Failed(409, "in-flight", _("The same request is under way: try again in a moment."), retry_after=1)
