"""A file of definitions becomes the shop's segments, all of it or nothing."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from graphlib import CycleError, TopologicalSorter
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from segmentation.conf import conf
from segmentation.engine.bind import Others, bind_each
from segmentation.engine.others import references
from segmentation.engine.shop import active_shop
from segmentation.errors import RuleError, SegmentError
from segmentation.membership.define import change
from segmentation.membership.definitions.shape import Entry, Faults, File, read_file
from segmentation.membership.empty import UNANSWERED
from segmentation.membership.references import hold_still
from segmentation.models import Segment
from segmentation.rules import Rule, dump, load
from segmentation.rules.tree import segments_in

References = Mapping[str, Iterable[str]]
"""Slug -> slugs that the segment refers to."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """Slugs of the file, in its order: segments that were made, those that changed, those that were left alone."""

    created: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]


def take_in(content: bytes, *, dry_run: bool = False, by: Any = None, now: datetime) -> TakenIn:
    """Make and change segments so that they are as the file says; those that it does not name stay as they are.

    Segments of the file may refer to each other whatever their order. One that is as the file says is left alone: it gets no
    version. Raises SegmentError with everything that is wrong, each with its line, and then nothing has changed.
    """
    file = read_file(content, conf.base_currency)
    with transaction.atomic():
        hold_still(conf.shop)
        stored = {segment.slug: segment for segment in Segment.objects.filter(shop=conf.shop)}
        fresh = {entry.slug: entry for entry in file.entries if not _is_as_stored(entry, stored.get(entry.slug))}
        if fresh:
            _write(file, fresh, stored, by, now)
        file.faults.demand_none()
        if dry_run:
            transaction.set_rollback(True)
    return TakenIn(
        tuple(slug for slug in fresh if slug not in stored),
        tuple(slug for slug in fresh if slug in stored),
        tuple(entry.slug for entry in file.entries if entry.slug not in fresh),
    )


def _is_as_stored(entry: Entry, segment: Segment | None) -> bool:
    if segment is None:
        return False
    state = Segment.State.LIVE if segment.state == Segment.State.BROKEN else segment.state
    said = (segment.name, segment.description, state, segment.is_published)
    if (entry.name, entry.description, entry.state, entry.is_published) != said:
        return False
    try:
        return load(segment.definition) == entry.rule
    except RuleError:
        return False


def _write(file: File, fresh: Mapping[str, Entry], stored: Mapping[str, Segment], by: Any, now: datetime) -> None:
    """All that is wrong is told at once, what the shop has against the sound entries beside what cannot be read of others."""
    used, faults = references(conf.shop), file.faults
    to_be = {slug: others for slug, others in used.items() if slug not in fresh and slug not in file.unread}
    to_be |= {slug: tuple(segments_in(one.rule)) for slug, one in fresh.items() if one.state != Segment.State.ARCHIVED}
    segments = {slug: _filled_in(entry, stored.get(slug)) for slug, entry in fresh.items()}
    states = {slug: one.state for slug, one in stored.items()} | {slug: one.state for slug, one in fresh.items()}
    _note_unstorable(fresh, segments, faults)
    _note_unaskable(fresh, {**states, **file.unread}, to_be, faults)
    faults.demand_none()
    for slug in _in_order(fresh, used, to_be):
        try:
            change(segments[slug], fresh[slug].rule, by=by, now=now)
        except SegmentError as error:
            faults.note(fresh[slug].line, str(error), slug)
        faults.demand_none()


def _filled_in(entry: Entry, segment: Segment | None) -> Segment:
    segment = segment or Segment(shop=conf.shop, slug=entry.slug)
    segment.name, segment.description, segment.state = entry.name, entry.description, entry.state
    segment.definition, segment.problem, segment.is_published = dump(entry.rule), "", entry.is_published
    return segment


def _note_unstorable(fresh: Mapping[str, Entry], segments: Mapping[str, Segment], faults: Faults) -> None:
    for slug, entry in fresh.items():
        try:
            segments[slug].clean_fields()
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                faults.note(entry.line, f"{name}: {' '.join(messages)}", slug)


def _note_unaskable(fresh: Mapping[str, Entry], states: Mapping[str, str], to_be: References, faults: Faults) -> None:
    """All rules at once, among the segments as the file would leave them. Nobody asks an archived one."""
    shop = active_shop()
    asked: dict[Hashable, Rule] = {slug: one.rule for slug, one in fresh.items() if one.state != Segment.State.ARCHIVED}
    others = Others(states, {slug: slug for slug in fresh if slug in asked}, to_be)
    _, refused = bind_each(asked, shop.catalogue, shop.calendar, others)
    for slug, entry in fresh.items():
        if slug in refused:
            faults.note_rule(entry.rule_line, slug, refused[slug])


def _in_order(fresh: Mapping[str, Entry], used: References, to_be: References) -> Sequence[str]:
    """So that each can be written when its turn comes: none before those that it will refer to, and none taken away
    before those that referred to it.

    Live ones come first: none of them may refer to one that is taken away.
    """
    answered = [slug for slug in _used_first(to_be) if slug in fresh and fresh[slug].state not in UNANSWERED]
    places = {slug: place for place, slug in enumerate(reversed(_used_first(used)))}
    taken = sorted((slug for slug in fresh if fresh[slug].state in UNANSWERED), key=lambda slug: places.get(slug, -1))
    return [*answered, *taken]


def _used_first(used: References) -> list[str]:
    try:
        return list(TopologicalSorter(used).static_order())
    except CycleError as error:
        way = " → ".join(error.args[1])
        raise SegmentError(_("the segments refer to each other in a circle: %(way)s") % {"way": way}) from error
