"""Hears the shop's signals. Never raises into the shop: everything runs after commit, and what fails is logged."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from time import monotonic
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models.signals import m2m_changed, post_save, pre_delete
from django.dispatch import Signal
from django.utils import timezone

from segmentation import tasks
from segmentation.conf import conf
from segmentation.errors import RegularsError
from segmentation.membership import changes
from segmentation.membership.changes import Notice
from segmentation.models import Activity, Profile, ProfileMerge, Purpose
from segmentation.models.batch import batches
from segmentation.signals import activity_recorded, consent_changed, profile_merged
from segmentation.sources import Relation, ShopSource, active_source

logger = logging.getLogger(__name__)


def connect() -> None:
    """Listen to our own signals, and to the models of the shop source. A source that cannot be had is told by the system
    checks, not here."""
    profile_merged.connect(_merged, dispatch_uid="regulars:merged")
    consent_changed.connect(_said, dispatch_uid="regulars:consent")
    try:
        ears = list(_ears(active_source()))
    except (RegularsError, AttributeError, TypeError):  # no source, or settings that are none
        return
    for ear in ears:
        ear.signal.connect(ear.receiver, sender=ear.sender, weak=False, dispatch_uid=ear.name)


@dataclass(frozen=True)
class _Rows:
    """The rows of one relation, or of one part of it, that a signal may be about.

    `key_of` makes of a primary key what a notice calls the row. `asked` is what the columns are mapped to, `above` the
    models whose rows these rows take owner and time from.
    """

    relation: str
    key_of: Callable[[object], str] = str
    asked: Collection[object] = ()
    above: Collection[type[models.Model]] = ()


@dataclass(frozen=True)
class _Ear:
    """One receiver, and what it listens to."""

    signal: Signal
    sender: type[models.Model]
    name: str
    receiver: _Receiver


def _ears(source: ShopSource) -> Iterator[_Ear]:
    for relation in source.relations.values():
        if relation.name != changes.CUSTOMERS and not relation.whose and not relation.time_of:
            continue  # its rows belong to nobody
        above = source.relations[relation.time_of].watched_models() if relation.time_of in source.relations else {}
        for label, part in relation.parts.items():
            name = f"regulars:{relation.name}.{label}" if label else f"regulars:{relation.name}"
            values = [column.value for column in part.columns.values()]
            asked = [one for value in values for one in (value if isinstance(value, tuple) else (value,))]
            rows = _Rows(relation.name, partial(relation.row_key, label), asked, above)
            for model, path in part.watched_models().items():
                yield from _ears_for(model, path, rows, f"{name}:{path}")
            yield from _ears_for_ends(part, rows, name)


def _ears_for(model: type[models.Model], path: str, rows: _Rows, name: str) -> Iterator[_Ear]:
    field = _field_through(model)
    if field:
        yield _Ear(m2m_changed, model, name, _Linked(rows, path, field))
    if model is Activity and path == "pk":
        yield _Ear(activity_recorded, model, name, _Recorded(rows, path))
    if not model._meta.auto_created:  # Django saves and deletes no instance of those
        yield _Ear(post_save, model, name, _Saved(rows, path))
        yield _Ear(pre_delete, model, name, _Deleted(rows, path))


def _ears_for_ends(part: Relation, rows: _Rows, name: str) -> Iterator[_Ear]:
    """Rows between two models go without a word when one of these does: a wishlist, and what is on it."""
    if not part.model._meta.auto_created:
        return
    for path in (part.columns[owner].value for owner in part.owners):
        first, *further = path.split("__") if isinstance(path, str) else [""]
        if further:
            end: Any = part.model._meta.get_field(first)
            yield _Ear(pre_delete, end.related_model, f"{name}:{first}", _EndDeleted(rows, first, part.model))


def _field_through(model: type[models.Model]) -> models.ManyToManyField[Any, Any] | None:
    """The many-to-many field whose rows these are."""
    fields = (field for other in apps.get_models() for field in other._meta.local_many_to_many)
    return next(
        (field for field in fields if isinstance(field, models.ManyToManyField) and field.remote_field.through is model), None
    )


class _Receiver:
    """What one model's signal means for the rows of one relation, which `path` leads to."""

    def __init__(self, rows: _Rows, path: str) -> None:
        self.rows = rows
        self.path = path

    def __call__(
        self, sender: type[models.Model], instance: models.Model | None = None, using: str | None = None, **said: Any
    ) -> None:
        try:
            if conf.changes != "none" and self.concerns(said):
                keys = [self.rows.key_of(key) for key in self.keys(instance, using, said)]
                if keys:
                    self.hear(keys, using, said)
        except Exception:
            logger.exception("a change of %s could not be noted; the next refresh will see it", self.rows.relation)

    def concerns(self, said: dict[str, Any]) -> bool:
        """Whether the signal, by what it says of itself, can mean anything."""
        raise NotImplementedError

    def keys(self, instance: models.Model | None, using: str | None, said: dict[str, Any]) -> list[Any]:
        """Primary keys of the rows it is about."""
        key = _followed(instance, self.path, using)
        return [] if key is None else [key]

    def hear(self, keys: list[str], using: str | None, said: dict[str, Any]) -> None:
        """Note what it means."""
        raise NotImplementedError

    def note_rows(self, keys: list[str], using: str | None) -> None:
        """Their owners are looked up after commit."""
        note([(self.rows.relation, key) for key in keys], using)

    def note_owners(self, keys: list[str], using: str | None) -> None:
        """Their owners are looked up now, since the rows are about to go; behind a savepoint, so that a failure harms nothing."""
        with transaction.atomic(using=using):
            notices = changes.keys_of_owners(active_source(), self.rows.relation, keys)
        note(notices, using)


class _Saved(_Receiver):
    """A row was saved."""

    def concerns(self, said: dict[str, Any]) -> bool:
        # Django saves this field, and it alone, at every log-in. What is no path may ask for it unseen.
        is_login = set(said.get("update_fields") or ()) == {"last_login"}
        return not is_login or not all(isinstance(value, str) and "last_login" not in value for value in self.rows.asked)

    def hear(self, keys: list[str], using: str | None, said: dict[str, Any]) -> None:
        self.note_rows(keys, using)


class _Recorded(_Saved):
    """Activity was written, several rows at once, which saves no instance."""

    def keys(self, instance: models.Model | None, using: str | None, said: dict[str, Any]) -> list[Any]:
        return [row.pk for row in said["rows"]]


class _Deleted(_Receiver):
    """A row is about to go."""

    def concerns(self, said: dict[str, Any]) -> bool:
        # The lines of an order that goes are the order's business: looking up the owner of each would hold up the shop.
        origin = said.get("origin")
        return (type(origin) if isinstance(origin, models.Model) else getattr(origin, "model", None)) not in self.rows.above

    def hear(self, keys: list[str], using: str | None, said: dict[str, Any]) -> None:
        self.note_owners(keys, using)


class _EndDeleted(_Deleted):
    """What rows of a table between two models are tied to by the foreign key `path` is about to go, and they with it."""

    def __init__(self, rows: _Rows, path: str, through: type[models.Model]) -> None:
        super().__init__(rows, path)
        self.through = through

    def keys(self, instance: models.Model | None, using: str | None, said: dict[str, Any]) -> list[Any]:
        return _keys_between(self.through, "pk", {self.path: instance}, using)


class _Linked(_Receiver):
    """Rows of the table between two models came or go: `add`, `remove`, `set` and `clear` save and delete no instance."""

    def __init__(self, rows: _Rows, path: str, field: models.ManyToManyField[Any, Any]) -> None:
        super().__init__(rows, path)
        self.field = field

    def concerns(self, said: dict[str, Any]) -> bool:
        return said["action"] == "pre_clear" or bool(said["action"] in ("post_add", "pre_remove") and said["pk_set"])

    def keys(self, instance: models.Model | None, using: str | None, said: dict[str, Any]) -> list[Any]:
        this, other = self.field.m2m_field_name(), self.field.m2m_reverse_field_name()
        if said["reverse"]:
            this, other = other, this
        where = {this: instance}
        through = self.field.remote_field.through
        if said["pk_set"] is None:
            return _keys_between(through, self.path, where, using)
        pieces = batches(list(said["pk_set"]))
        return [key for piece in pieces for key in _keys_between(through, self.path, {**where, f"{other}__in": piece}, using)]

    def hear(self, keys: list[str], using: str | None, said: dict[str, Any]) -> None:
        is_going = self.path == "pk" and said["action"] != "post_add"
        (self.note_owners if is_going else self.note_rows)(keys, using)


def _keys_between(through: Any, path: str, where: Mapping[str, Any], using: str | None) -> list[Any]:
    """What `path` leads to from rows of a table between two models; behind a savepoint, as it asks the database."""
    with transaction.atomic(using=using):
        return list(through._base_manager.using(using).filter(**where).values_list(path, flat=True))


def _merged(sender: type[ProfileMerge], merge: ProfileMerge, **said: Any) -> None:
    """Both are answered anew; whichever is the other by now leaves its segments."""
    if conf.changes != "none":
        note([(changes.PROFILE, merge.source.key), (changes.PROFILE, merge.target.key)])


def _said(sender: type[models.Model], profile: int, purpose: str, **said: Any) -> None:
    """What may be asked of somebody is another than before."""
    if purpose == Purpose.PROFILING and conf.changes != "none":
        note([(changes.PROFILE, key) for key in Profile.objects.filter(pk=profile).values_list("key", flat=True)])


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
            # How the task is called in logs; Celery would write out all of them, which takes longer than to send them.
            said = f"({len(notices)} notices,)"
            options: dict[str, Any] = {"argsrepr": said, "kwargsrepr": "{}"}
            tasks.follow.apply_async((notices,), retry=False, ignore_result=True, **options)
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
    if path == "pk":
        return instance.pk
    with transaction.atomic(using=using):
        for step in path.split("__"):
            instance = getattr(instance, step, None)
    return instance
