"""The slots that are live, kept by each process: a warm page asks the database nothing."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from django.core.cache import cache
from django.db import transaction

from personalization.conf import conf
from personalization.content.loading import load
from personalization.content.snapshot import Published

log = logging.getLogger(__name__)

LOOK_SECONDS = 2.0
"""So often at most the cache is asked whether anything changed."""

_EPOCH = "regulars:content:%s"


class Publisher:
    """Holds what was read last, and reads again once told, or once it is too old.

    `read` gives the slots of a shop, `clock` seconds that only grow. Where reading fails, what was read before stays.
    """

    def __init__(self, read: Callable[[str], Published] = load, clock: Callable[[], float] = time.monotonic) -> None:
        self._read, self._clock = read, clock
        self._lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        """As if nothing had been read yet."""
        self._held: Published | None = None
        self._shop = self._epoch = ""
        self._due_at = self._look_at = 0.0
        self._is_stale = True

    def stale(self) -> None:
        """The next who asks reads anew, unless that fails."""
        self._is_stale = True

    @property
    def is_warm(self) -> bool:
        """Whether what is held may be shown, as far as this process knows."""
        return self._held is not None and self._shop == conf.shop and not self._is_stale and self._clock() < self._due_at

    def current(self) -> Published:
        """What is live. Nothing at all only where it was never read and cannot be."""
        # While one looks, the others go on with what is held; where nothing is, they wait.
        if not (self.is_warm and self._clock() < self._look_at) and self._lock.acquire(blocking=self._held is None):
            try:
                self._look()
            finally:
                self._lock.release()
        return self._held or Published()

    def _look(self) -> None:
        if self.is_warm and self._clock() < self._look_at:
            return  # somebody else looked while this one waited
        epoch = _epoch(conf.shop, self._epoch)
        self._look_at = self._clock() + LOOK_SECONDS
        if self.is_warm and epoch == self._epoch:
            return
        if self._shop != conf.shop:
            self._held = None
        # Before reading: what changes meanwhile makes it stale again.
        self._is_stale, self._shop, self._epoch = False, conf.shop, epoch
        try:
            self._held = self._read(conf.shop)
            self._due_at = self._clock() + conf.content_seconds
        except Exception:  # the database's, of any kind: a page is shown with what was known
            log.exception("slots cannot be read; what was read before is shown")
            self._held = self._held or Published()
            self._due_at = self._clock() + LOOK_SECONDS


publisher = Publisher()
"""This process's."""


def published() -> Published:
    """The live slots and variants: no query when warm, one when cold. Raises nothing."""
    return publisher.current()


def changed() -> None:
    """Something about slots was written: this process reads it at once, others when they look next."""
    publisher.stale()
    transaction.on_commit(_tell, robust=True)


def _tell() -> None:
    publisher.stale()  # somebody may have read the old rows before the commit
    try:
        cache.set(_EPOCH % conf.shop, repr(time.time_ns()), None)
    except Exception:  # the cache's, of any kind: others look again when their time is over
        log.exception("other processes cannot be told of changed slots")


def _epoch(shop: str, known: str) -> str:
    try:
        return str(cache.get(_EPOCH % shop, ""))
    except Exception:  # as above
        log.exception("the cache cannot say whether slots changed")
        return known
