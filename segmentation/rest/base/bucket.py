"""How much somebody may ask: a bucket of so many tokens that fills by so many a second, kept in Django's cache.

What is kept is one number, the moment at which the bucket is full again, in microseconds. A take moves it on by what the cost
takes to flow in again, and is refused, and undone, where that is further away than an empty bucket needs. Moving it on is one
`incr`, which the cache does atomically: whoever comes at the same moment gets another number, so no two take the same token, and
nothing is read to be written back. A refused take stands in the way of others until it is undone: a race may refuse somebody a
moment early, and lets nobody through who should not be.

A number that stayed behind `now` would be credit beyond a full bucket, and raising it to `now` would be such a reading and
writing back. So the number of a caller is begun anew for each sixteenth of the time that a bucket needs to fill, by `add`, which
only the first can do: from the latest that is kept of the seventeen before, or from `now`. So idling is worth a sixteenth of a
bucket at most, on top of a full one, and so is whatever is still under way when the next sixteenth begins.

Where the cache is down everybody may ask: a shop without its cache has other cares. Caches whose `incr` is not atomic (files,
database) let through somewhat more under races, and one that keeps nothing limits nothing.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from math import ceil
from threading import Lock
from time import monotonic

from django.core.cache import BaseCache, caches

from segmentation.conf import conf

logger = logging.getLogger(__name__)

PARTS = 16
SECOND = 1_000_000
PAUSE = 5.0
"""Seconds for which a cache that failed is not asked again: each time might take as long as a connection takes to fail."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of it: whether there was enough, whole tokens left, seconds until there is enough, and until it is full again."""

    allowed: bool
    remaining: int
    wait: float = 0.0
    full_in: float = 0.0


@dataclass(frozen=True, slots=True)
class Bucket:
    """A bucket for each key: `burst` tokens, refilled by `per_second`. Buckets of one name and key are the same one."""

    name: str
    per_second: float
    burst: int
    cache: str = "default"

    def take(self, key: str, cost: float, now: datetime) -> Taken:
        """Take so many tokens, all or none. What costs more than a full bucket costs a full one."""
        try:
            return self._take(caches[self.cache], key, min(cost, self.burst), round(now.timestamp() * SECOND)) or self._any()
        except _Resting:
            return self._any()
        except Exception as error:
            _outage.begin(error)
            return self._any()

    def _any(self) -> Taken:
        return Taken(True, self.burst)

    def _take(self, cache: BaseCache, key: str, cost: float, now: int) -> Taken | None:
        _outage.check()
        need, most = self._microseconds(cost), self._microseconds(self.burst)
        name = self._name(key)
        place = f"{name}:{now // self._part}"
        full_at = self._moved(cache, place, need)
        if full_at is None:
            cache.add(place, self._begin(cache, name, now), timeout=self._seconds_kept)
            full_at = self._moved(cache, place, need)
        _outage.end()
        if full_at is None:
            return None
        beyond = full_at - now - most
        if beyond > 0:
            cache.incr(place, -need)
            full_at -= need
        # Somewhat behind `now` it is full, but for what was just taken.
        left = max(0, most - max(need if beyond <= 0 else 0, full_at - now))
        return Taken(
            allowed=beyond <= 0,
            remaining=int(left * self.per_second / SECOND + 1e-6),
            wait=max(0, beyond) / SECOND,
            full_in=max(0, full_at - now) / SECOND,
        )

    def _moved(self, cache: BaseCache, place: str, need: int) -> int | None:
        """Where the number is now; None where there is none yet."""
        try:
            return int(cache.incr(place, need))
        except ValueError:
            return None

    def _begin(self, cache: BaseCache, name: str, now: int) -> int:
        """Where a new part begins: where the last one that is kept came to, neither before `now` nor later than from empty."""
        part = now // self._part
        kept = cache.get_many([f"{name}:{part - ago}" for ago in range(1, PARTS + 2)])
        return min(max([now, *map(int, kept.values())]), now + self._microseconds(self.burst))

    def _microseconds(self, tokens: float) -> int:
        return round(tokens / self.per_second * SECOND)

    @property
    def _part(self) -> int:
        return max(1, self._microseconds(self.burst) // PARTS)

    @property
    def _seconds_kept(self) -> int:
        return ceil(self._part * (PARTS + 3) / SECOND) + 1

    def _name(self, key: str) -> str:
        """Of any length and with any characters, which not every cache takes; and a cache need not know who asked."""
        digest = blake2b(f"{conf.shop}\0{key}".encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
        return f"regulars:bucket:{self.name}:{digest}"


class _Resting(Exception):
    """The cache failed a moment ago."""


class _Outage:
    """Of this process: told once, and not tried at each request."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._until: float | None = None

    def check(self) -> None:
        """Raises _Resting while the cache is left alone."""
        if self._until is not None and monotonic() < self._until:
            raise _Resting

    def begin(self, error: Exception) -> None:
        """It failed."""
        with self._lock:
            is_new, self._until = self._until is None, monotonic() + PAUSE
        if is_new:
            logger.warning("the cache does not answer, so nobody's requests are limited: %s", error)

    def end(self) -> None:
        """It works."""
        if self._until is not None:
            with self._lock:
                self._until = None


_outage = _Outage()
