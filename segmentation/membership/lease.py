"""One writer at a time, by a row in the database: leases with fencing tokens.

A holder that dies loses its lease when that runs out; a holder that was only slow finds out at its next write,
because every write asks for the lease again inside its own transaction.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from segmentation.errors import LeaseLost, RefreshBusy
from segmentation.models import Lease

TERM = timedelta(minutes=10)
"""How long a silent holder is believed to be alive."""


@dataclass(frozen=True, slots=True)
class Held:
    """A lease in our hands."""

    name: str
    token: int

    def renew(self) -> None:
        """Inside a transaction: go on holding it, and lock it until commit. Raises LeaseLost if another took it over."""
        held = Lease.objects.filter(name=self.name, token=self.token).exclude(holder="")
        if not held.update(expires_at=_clock() + TERM):
            raise LeaseLost(f"the lease {self.name} was taken over by another worker; nothing more was written")


@contextmanager
def hold(name: str) -> Iterator[Held]:
    """Hold the lease; raises RefreshBusy if somebody else does."""
    held = _take(name)
    try:
        yield held
    finally:
        Lease.objects.filter(name=name, token=held.token).update(holder="")


def _take(name: str) -> Held:
    holder = f"{socket.gethostname()}:{os.getpid()}"
    now = _clock()
    with transaction.atomic():
        # An insert would wait for a holder who is writing, only to find that the row is there.
        if not Lease.objects.filter(name=name).exists():
            Lease.objects.bulk_create([Lease(name=name, expires_at=now)], ignore_conflicts=True)
        free = Lease.objects.filter(Q(holder="") | Q(expires_at__lt=now), name=name)
        if not free.update(holder=holder, token=F("token") + 1, expires_at=now + TERM):
            raise RefreshBusy(f"another worker holds the lease {name}; try again when it is done")
        return Held(name, Lease.objects.values_list("token", flat=True).get(name=name))


def _clock() -> datetime:
    # A lease is about this machine's present, not about the moment that is evaluated.
    return timezone.now()  # noqa: TID251
