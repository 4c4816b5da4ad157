"""Making and changing segments: nothing is stored that cannot be asked, and every definition stays on record."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from segmentation.conf import conf
from segmentation.engine.shop import active_shop
from segmentation.errors import SegmentError
from segmentation.membership.empty import UNANSWERED, empty
from segmentation.membership.references import demand_askable, demand_unused, hold_still
from segmentation.models import Segment, SegmentVersion
from segmentation.models.lock import locked
from segmentation.rules import Rule, dump, load, parse
from segmentation.rules.stored import check_limits
from segmentation.rules.tree import segments_in

ANSWERS = ("size", "refreshed_at", "refreshed_version")
"""What a refresh writes on a segment."""


def sound(rule: Rule | str, slug: str = "") -> Rule:
    """The rule (or the rule that a text writes) in the shop's base currency, ready to be stored as that of the segment.

    Raises RuleError with every problem: text that cannot be read, unknown facts and segments, operators and values that
    do not fit, segments that refer to each other in a circle.
    """
    tree = parse(rule) if isinstance(rule, str) else rule
    check_limits(tree)  # a tree that was made by hand was never read
    shop = active_shop()
    demand_askable(shop, tree, slug)
    return replace(tree, base_currency=shop.catalogue.base_currency)


def define(
    slug: str,
    rule: Rule | str,
    *,
    name: str = "",
    description: str = "",
    state: str = Segment.State.LIVE,
    is_published: bool = False,
    by: Any = None,
    now: datetime,
) -> Segment:
    """Make a segment; it is filled by its first refresh.

    Raises RuleError, and SegmentError for a slug that is taken or no slug, a name too long, or an unknown state.
    """
    said = {"name": name or slug, "description": description, "state": state, "is_published": is_published}
    return revise(Segment(shop=conf.shop, slug=slug, **said), rule, by=by, now=now)


def revise(segment: Segment, rule: Rule | str | None = None, *, by: Any = None, now: datetime) -> Segment:
    """Save a segment whose name, slug, description, state or publication were changed, with this rule or the one it has.

    The rule that it has is asked no questions where nobody will ask it: a broken segment can be archived. Raises RuleError and
    SegmentError as `define` and `change` do.
    """
    if rule is None and segment.state in UNANSWERED:
        stored = load(segment.definition)
    else:
        stored = sound(load(segment.definition) if rule is None else rule, segment.slug)
    segment.definition = dump(stored)
    try:
        segment.full_clean()
    except ValidationError as error:
        raise SegmentError(_said(error)) from error
    return change(segment, stored, by=by, now=now)


def _said(error: ValidationError) -> str:
    said = error.message_dict.items()
    return "; ".join(" ".join(each) if field == NON_FIELD_ERRORS else f"{field}: {' '.join(each)}" for field, each in said)


def change(segment: Segment, rule: Rule, *, by: Any = None, now: datetime) -> Segment:
    """Save a segment with this sound rule; another rule than before is a new version. A broken segment is live again.

    Raises SegmentError where others refer to the segment and it is taken from them (archived, made a draft, given another
    slug), RuleError where two owners at once would close a circle.
    """
    definition = dump(rule)
    with transaction.atomic():
        if segments_in(rule) and segment.state not in UNANSWERED:
            hold_still(segment.shop)
            demand_askable(active_shop(), rule, segment.slug)
        if segment.pk:
            locked(Segment.objects.filter(pk=segment.pk)).first()  # two owners who save at once come one after the other
            _keep_faith(segment)
        last = SegmentVersion.objects.filter(segment=segment).aggregate(last=Max("number"))["last"] if segment.pk else None
        is_new = last is None or segment.versions.get(number=last).definition != definition
        segment.definition = definition
        segment.version = (last or 0) + is_new
        segment.problem = ""  # what a refresh found was said of another rule
        if segment.state == Segment.State.BROKEN:
            segment.state = Segment.State.LIVE
        _save(segment)
        if is_new:
            SegmentVersion.objects.create(
                segment=segment, number=segment.version, definition=definition, created_at=now, created_by=by
            )
    if segment.state in UNANSWERED:
        segment.size = segment.refreshed_at = segment.refreshed_version = None
        # After the commit, which the shop's customers would otherwise have to wait for.
        transaction.on_commit(lambda: empty(segment, now), robust=True)
    return segment


def _save(segment: Segment) -> None:
    try:
        segment.save(update_fields=_said_by_the_owner() if segment.pk else None)
    except IntegrityError as error:  # somebody else took the slug since it was found to be free
        raise SegmentError(_("Another segment has this slug.")) from error


def _keep_faith(segment: Segment) -> None:
    """Others refer to a segment by its slug, and to its members."""
    stored = Segment.objects.get(pk=segment.pk)
    if segment.slug != stored.slug or segment.state in UNANSWERED:
        demand_unused([stored])


def _said_by_the_owner() -> list[str]:
    """Fields that a refresh does not write: it may have done so since the segment was read."""
    return [field.name for field in Segment._meta.concrete_fields if field.name not in ("id", *ANSWERS)]
