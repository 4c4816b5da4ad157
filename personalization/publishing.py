"""What owners write and every page reads: kept by each process, so that a warm page asks the database nothing."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from django.core.cache import cache
from django.db import transaction

from personalization.conf import conf

log = logging.getLogger(__name__)

LOOK_SECONDS = 2.0
"""So often at most the cache is asked whether anything changed."""

Value = TypeVar("Value")


class Publisher(Generic[Value]):
    """Holds what was read last, and reads again once told, or once it is older than CONTENT_SECONDS.

    `what` names it in logs and in the cache; `read` gives it of a shop, in one query; `nothing` is what stands for it where
    it was never read and cannot be; `clock` gives seconds that only grow. Where reading fails, what was read before stays.
    """

    def __init__(
        self,
        what: str,
        read: Callable[[str], Value],
        nothing: Callable[[], Value],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.what, self._read, self._nothing, self._clock = what, read, nothing, clock
        self._lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        """As if nothing had been read yet."""
        self._held: Value | None = None
        self._shop = self._epoch = ""
        self._due_at = self._look_at = 0.0
        self._is_stale = True

    def stale(self) -> None:
        """The next who asks reads anew, unless that fails."""
        self._is_stale = True

    @property
    def is_warm(self) -> bool:
        """Whether what is held may be used, as far as this process knows."""
        return self._held is not None and self._shop == conf.shop and not self._is_stale and self._clock() < self._due_at

    def current(self) -> Value:
        """What is live: no query when warm, one when cold. Raises nothing."""
        # While one looks, the others go on with what is held; where nothing is, they wait.
        if not (self.is_warm and self._clock() < self._look_at) and self._lock.acquire(blocking=self._held is None):
            try:
                self._look()
            finally:
                self._lock.release()
        return self._nothing() if self._held is None else self._held

    def changed(self) -> None:
        """Something of it was written: this process reads it at once, others when they look next."""
        self.stale()
        transaction.on_commit(self._tell, robust=True)

    def _look(self) -> None:
        if self.is_warm and self._clock() < self._look_at:
            return  # somebody else looked while this one waited
        epoch = self._told()
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
            log.exception("%s cannot be read; what was read before is used", self.what)
            self._held = self._nothing() if self._held is None else self._held
            self._due_at = self._clock() + LOOK_SECONDS

    @property
    def _name(self) -> str:
        return f"regulars:{self.what}:{conf.shop}"

    def _tell(self) -> None:
        self.stale()  # somebody may have read the old rows before the commit
        try:
            cache.set(self._name, repr(time.time_ns()), None)
        except Exception:  # the cache's, of any kind: others look again when their time is over
            log.exception("other processes cannot be told of changed %s", self.what)

    def _told(self) -> str:
        try:
            return str(cache.get(self._name, ""))
        except Exception:  # as above
            log.exception("the cache cannot say whether %s changed", self.what)
            return self._epoch
