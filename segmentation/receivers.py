"""Hears the shop's signals. Never raises into the shop: everything runs after commit, and what fails is logged."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from time import monotonic
from typing import Any

from django.db import models, transaction
from django.db.models.signals import post_save, pre_delete
from django.utils import timezone

from segmentation import tasks
from segmentation.conf import conf
from segmentation.errors import RegularsError
from segmentation.membership import changes
from segmentation.membership.changes import Notice
from segmentation.sources import active_source

logger = logging.getLogger(__name__)

UNHEARD = ("products",)
"""Relations whose rows belong to nobody."""


def connect() -> None:
    """Listen to the models of the shop source. A source that cannot be had is told by the system checks, not here."""
    try:
        relations = {name: relation for name, relation in active_source().relations.items() if name not in UNHEARD}
        heard = {name: relation.watched_models() for name, relation in relations.items()}
    except (RegularsError, AttributeError, TypeError):  # no source, or settings that are none
        return
    for name, relation in relations.items():
        asked = [column.value for column in relation.columns.values()]
        above = heard.get(relation.time_of or "", {}).keys()
        for model, path in heard[name].items():
            uid = f"regulars:{name}:{path}"
            post_save.connect(_Saved(name, path, asked, above), sender=model, weak=False, dispatch_uid=uid)
            pre_delete.connect(_Deleted(name, path, asked, above), sender=model, weak=False, dispatch_uid=uid)


class _Receiver:
    """What one model's signal means for one relation."""

    def __init__(self, relation: str, path: str, asked: Collection[object], above: Collection[type[models.Model]]) -> None:
        """`asked` is what its columns are mapped to, `above` the models whose rows its rows take owner and time from."""
        self.relation = relation
        self.path = path
        self.asked = asked
        self.above = above

    def __call__(self, sender: type[models.Model], instance: models.Model, using: str | None = None, **said: Any) -> None:
        try:
            if conf.changes != "none" and self.concerns(said):
                key = instance.pk if self.path == "pk" else _followed(instance, self.path, using)
                if key is not None:
                    self.hear(key, using)
        except Exception:
            logger.exception("a change of %s could not be noted; the next refresh will see it", self.relation)

    def concerns(self, said: dict[str, Any]) -> bool:
        """Whether the signal, by what it says of itself, can mean anything."""
        raise NotImplementedError

    def hear(self, key: Any, using: str | None) -> None:
        """Note what it means."""
        raise NotImplementedError


class _Saved(_Receiver):
    """A row was saved: its owner is looked up after commit."""

    def concerns(self, said: dict[str, Any]) -> bool:
        # Django saves this field, and it alone, at every log-in. What is no path may ask for it unseen.
        is_login = set(said.get("update_fields") or ()) == {"last_login"}
        return not is_login or not all(isinstance(value, str) and "last_login" not in value for value in self.asked)

    def hear(self, key: Any, using: str | None) -> None:
        note([(self.relation, str(key))], using)


class _Deleted(_Receiver):
    """A row is about to go: its owner must be looked up now, behind a savepoint so that a failure harms nothing."""

    def concerns(self, said: dict[str, Any]) -> bool:
        # The lines of an order that goes are the order's business: looking up the owner of each would hold up the shop.
        origin = said.get("origin")
        return (type(origin) if isinstance(origin, models.Model) else getattr(origin, "model", None)) not in self.above

    def hear(self, key: Any, using: str | None) -> None:
        with transaction.atomic(using=using):
            notices = changes.keys_of_owners(active_source(), self.relation, [key])
        note(notices, using)


def note(notices: list[Notice], using: str | None = None) -> None:
    """Deliver the notices after commit, those of one transaction together and each once."""
    connection = transaction.get_connection(using)
    # Django drops what was registered inside a savepoint that is rolled back, and this batch with it.
    waiting = (entry[1] for entry in connection.run_on_commit if isinstance(entry[1], _Batch) and not entry[1].delivered)
    batch = next(waiting, None) or _Batch()
    batch.notices.update(dict.fromkeys(notices))
    # Each time, though it is delivered once: a TestCase may run only what was registered inside a block of it.
    transaction.on_commit(batch, using=using, robust=True)


class _Batch:
    """The notices of one transaction, delivered by the first call."""

    def __init__(self) -> None:
        self.notices: dict[Notice, None] = {}
        self.delivered = False

    def __call__(self) -> None:
        if self.delivered:
            return
        self.delivered = True
        try:
            _DELIVER[conf.changes](list(self.notices))
        except Exception:
            logger.exception("changes in the shop could not be followed; the next refresh will see them")


def _inline(notices: list[Notice]) -> None:
    changes.follow(notices, now=timezone.now())


class Breaker:
    """Leaves a broker that is down alone for a while: each attempt would hold up a checkout by half a second or more."""

    REST = 30.0
    """Seconds without an attempt after one that failed."""

    def __init__(self) -> None:
        self._rests_until = 0.0

    def send(self, notices: list[Notice]) -> None:
        """One try, no retry, and none at all while the broker rests. Raises what the broker raises."""
        if monotonic() < self._rests_until:
            logger.warning("the broker was down a moment ago: %d changes wait for the next refresh", len(notices))
            return
        try:
            tasks.follow.apply_async((notices,), retry=False, ignore_result=True)
        except Exception:
            self._rests_until = monotonic() + self.REST
            raise


breaker = Breaker()
"""Of this process."""


def _queue(notices: list[Notice]) -> None:
    breaker.send(notices)


def _ignore(notices: list[Notice]) -> None:
    """Somebody switched to "none" between the change and its commit."""


_DELIVER: dict[str, Callable[[list[Notice]], None]] = {"inline": _inline, "celery": _queue, "none": _ignore}


def _followed(instance: Any, path: str, using: str | None) -> Any:
    """What a path leads to; behind a savepoint, since it may ask the database."""
    with transaction.atomic(using=using):
        for step in path.split("__"):
            instance = getattr(instance, step, None)
    return instance
