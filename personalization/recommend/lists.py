"""Lists in the database and in memory: written when a model is trained or somebody orders, read when a page is shown."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any, Generic, TypeVar

import msgspec
from django.core.cache import cache
from django.db import connections, router, transaction
from django.db.models import FilteredRelation, Q, QuerySet
from django.utils.crypto import salted_hmac

from personalization.conf import conf
from personalization.models import RecommendationList, RecommenderVersion
from personalization.recommend.listed import Lists, packed, unpacked
from personalization.visitor.person import harmless
from segmentation.models.batch import batches
from segmentation.models.question import Question

log = logging.getLogger(__name__)

KEPT_SECONDS = 60.0

LOOK_SECONDS = 2.0
"""So often at most the cache is asked whether a row that is remembered was written since."""

MOST_KEPT = 4_000
"""Rows, of ten to sixteen kilobytes; past that those go whose minute is over, and all where these are few."""

MOST_MARKS = 200
"""Beyond so many rows at once all count as written: a cache is no place for a million of marks."""

LONGEST_KEY = RecommendationList._meta.get_field("key").max_length or 0

WRITTEN = 250
"""Rows a transaction, which take some 30 ms."""

_EPOCH = "regulars:lists:%s"

Row = TypeVar("Row")


def _row_question(slots: Sequence[Any]) -> QuerySet[Any, Any]:
    """(the active version's id, key, packed lists) of the rows that it has of the shop, in front, and the keys behind it.

    A version without any of the rows comes once, with no key.
    """
    shop, *keys = slots
    active = RecommenderVersion.objects.filter(shop=shop, state=RecommenderVersion.State.ACTIVE)
    wanted = active.annotate(wanted=FilteredRelation("lists", condition=Q(lists__key__in=keys))).order_by()
    return wanted.values_list("pk", "wanted__key", "wanted__packed")


_question = Question(_row_question)


def load(shop: str, keys: Sequence[str]) -> tuple[int | None, Mapping[str, Lists]]:
    """The active version's id and those of the rows that it has; one query (one for each 500 keys)."""
    connection = connections[router.db_for_read(RecommendationList)]
    rows: list[tuple[int, str | None, str]] = []
    for few in batches(keys or [""]):
        rows += _question.rows(connection, [shop, *few])
    # One that was switched to meanwhile comes after the other.
    version = rows[-1][0] if rows else None
    return version, dict(_readable((key, text) for each, key, text in rows if key and each == version))


def _readable(rows: Iterable[tuple[str, str]]) -> Iterator[tuple[str, Lists]]:
    for key, text in rows:
        try:
            yield key, unpacked(text)
        except msgspec.MsgspecError:
            log.exception("the lists of %s cannot be read", key)


@dataclass(slots=True)
class _Kept(Generic[Row]):
    """A row, None where the version has none. `mark` is what the cache said of it before it was read."""

    row: Row | None
    due_at: float
    look_at: float
    mark: object


class Memory(Generic[Row]):
    """Remembers the active version and rows of its lists, for a minute, or until they are written.

    `read` gives them as `load` does, `clock` seconds that only grow. Where reading fails, what was read before stays.
    """

    def __init__(
        self,
        read: Callable[[str, Sequence[str]], tuple[int | None, Mapping[str, Row]]],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._read, self._clock = read, clock
        self._lock = threading.Lock()
        self.forget()

    def forget(self, keys: Collection[str] | None = None) -> None:
        """As if these, or all, had never been read."""
        with self._lock:
            if keys is None:
                self._shop, self._rows = "", dict[str, _Kept[Row]]()
                self._epoch: object = None
                self._version: int | None = None
                self._due_at = self._look_at = 0.0
            for key in keys or ():
                self._rows.pop(key, None)

    def rows(self, shop: str, keys: Collection[str]) -> tuple[int | None, Mapping[str, Row]]:
        """The active version's id, and its rows of these keys. Raises nothing."""
        wanted = list(dict.fromkeys(keys))
        now = self._clock()
        if shop != self._shop:
            self.forget()
            self._shop = shop
        marks = self._look(shop, wanted, now)
        lacking = [key for key in wanted if (kept := self._rows.get(key)) is None or kept.due_at <= now]
        if lacking or self._due_at <= now:
            self._fetch(shop, wanted, lacking, marks, now)
        rows, version = self._rows, self._version
        return version, {key: kept.row for key in wanted if (kept := rows.get(key)) is not None and kept.row is not None}

    def _look(self, shop: str, keys: Sequence[str], now: float) -> Mapping[str, object]:
        """What the cache says of the rows that are to be read, or were not looked after for a while; drops what was written."""
        looked = [key for key in keys if (kept := self._rows.get(key)) is None or kept.look_at <= now]
        if not looked and now < self._look_at:
            return {}
        marks = _marks(shop, looked)
        if marks is None:
            return {}
        epoch = marks.get(_EPOCH % shop)
        if epoch != self._epoch:
            self.forget()
            self._shop, self._epoch = shop, epoch
        self._look_at = now + LOOK_SECONDS
        for key in looked:
            kept = self._rows.get(key)
            if kept is not None and kept.mark != marks.get(_mark(shop, key)):
                kept.due_at = 0.0
            elif kept is not None:
                kept.look_at = now + LOOK_SECONDS
        return marks

    def _fetch(self, shop: str, wanted: Sequence[str], lacking: Sequence[str], marks: Mapping[str, object], now: float) -> None:
        try:
            with harmless():
                version, rows = self._read(shop, lacking)
                if version != self._version and len(lacking) < len(wanted):
                    lacking = wanted  # what is remembered of them is another version's
                    version, rows = self._read(shop, lacking)
        except Exception:  # the database's, of any kind: a page is shown with what was known
            log.exception("lists of recommendations cannot be read; what was read before is shown")
            self._due_at = now + LOOK_SECONDS
            return
        due_at, look_at = now + KEPT_SECONDS, now + LOOK_SECONDS
        # Those that are not there are remembered too, or each page would ask for them.
        found = {key: _Kept(rows.get(key), due_at, look_at, marks.get(_mark(shop, key))) for key in lacking}
        with self._lock:
            if version != self._version:
                self._rows = {}
            elif len(self._rows) > MOST_KEPT:
                living = {key: kept for key, kept in self._rows.items() if kept.due_at > now}
                self._rows = living if len(living) < MOST_KEPT / 2 else {}
            self._version, self._due_at = version, due_at
            self._rows |= found


memory = Memory(load)
"""This process's."""


def read_lists(shop: str, keys: Collection[str]) -> tuple[int | None, Mapping[str, Lists]]:
    """The active version's id (None where nothing was trained yet), and its lists by key, without those that it has not.

    One query for those that are not remembered, which those are for `KEPT_SECONDS` at most, and none at all when warm. Raises
    nothing: where the database fails, what was read before is shown.
    """
    return memory.rows(shop, keys)


def write_lists(version: RecommenderVersion, rows: Iterable[tuple[str, Lists]]) -> int:
    """Write rows of a version, in place of those of the same keys; how many. In short transactions.

    A row whose key is longer than a key may be is left out and logged: such a product, or person, has no lists.
    """
    waiting, written = (row for row in rows if _fits(row[0])), 0
    while batch := dict(islice(waiting, WRITTEN)):
        made = [RecommendationList(version=version, key=key, packed=packed(lists)) for key, lists in batch.items()]
        with transaction.atomic(using=router.db_for_write(RecommendationList)):
            RecommendationList.objects.bulk_create(
                made, update_conflicts=True, unique_fields=["version", "key"], update_fields=["packed"]
            )
            if version.state == RecommenderVersion.State.ACTIVE:
                forget_lists(batch)
        written += len(batch)
    return written


def _fits(key: str) -> bool:
    if len(key) > LONGEST_KEY:
        log.warning("no lists are kept of %s…: longer than %d characters", key[:80], LONGEST_KEY)
        return False
    return True


def forget_lists(keys: Collection[str] | None = None) -> None:
    """These (or all) were written: this process and, by Django's cache, the others read them anew."""
    keys = None if keys is None or len(keys) > MOST_MARKS else tuple(keys)
    memory.forget(keys)
    transaction.on_commit(lambda: _tell(keys), using=router.db_for_write(RecommendationList), robust=True)


def _tell(keys: Collection[str] | None) -> None:
    memory.forget(keys)  # somebody may have read the old rows before the commit
    names = [_EPOCH % conf.shop] if keys is None else [_mark(conf.shop, key) for key in keys]
    try:
        # The epoch stays; a mark need not outlive what was remembered before it.
        cache.set_many(dict.fromkeys(names, time.time_ns()), None if keys is None else KEPT_SECONDS + 30)
    except Exception:  # the cache's, of any kind: others read anew when their time is over
        log.exception("other processes cannot be told of lists that were written")


@lru_cache(2 * MOST_KEPT)
def _mark(shop: str, key: str) -> str:
    """The name of a row's mark: short, without spaces, and telling nobody whose it is."""
    return f"regulars:list:{salted_hmac('personalization.lists', f'{shop} {key}', algorithm='sha256').hexdigest()[:24]}"


def _marks(shop: str, keys: Sequence[str]) -> Mapping[str, object] | None:
    """The epoch and the marks of these rows; None where the cache cannot say."""
    try:
        return cache.get_many([_EPOCH % shop, *(_mark(shop, key) for key in keys)])
    except Exception:  # as above
        log.exception("the cache cannot say whether lists were written")
        return None
