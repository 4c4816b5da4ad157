"""One writer at a time, by a row in the database: leases with fencing tokens.

A holder that dies loses its lease when that runs out, or to whoever asks next on its machine; a holder that was only slow
finds out at its next write, because every write asks for the lease again inside its own transaction.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
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
        ours = {"holder": holder, "token": F("token") + 1, "expires_at": now + TERM}
        if not free.update(**ours) and not _left_behind(name).update(**ours):
            raise RefreshBusy(f"another worker holds the lease {name}; try again when it is done")
        return Held(name, Lease.objects.values_list("token", flat=True).get(name=name))


def _left_behind(name: str) -> QuerySet[Lease]:
    """The lease, if a process of this machine holds it that is there no more: nobody need wait until it runs out."""
    lease = Lease.objects.filter(name=name)
    host, _, process = lease.values_list("holder", flat=True).get().rpartition(":")
    is_dead = host == socket.gethostname() and process.isdecimal() and not _is_there(int(process))
    return lease.filter(holder=f"{host}:{process}") if is_dead else lease.none()


def _is_there(process: int) -> bool:
    if os.name != "posix":  # elsewhere the question ends the process
        return True
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        pass
    return True


def _clock() -> datetime:
    # A lease is about this machine's present, not about the moment that is evaluated.
    return timezone.now()  # noqa: TID251
