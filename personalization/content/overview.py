"""What shows where, at a glance: every slot with its live variants, and what is hardly meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from personalization.content.keys import keyed_slots
from personalization.content.phrases import target_in_words
from personalization.content.recommended import needs_of
from personalization.content.snapshot import Published, SlotSnapshot, VariantSnapshot
from personalization.content.targets import EVERYONE, Target
from personalization.models import Slot
from personalization.recommend.strategies.registry import STRATEGIES
from segmentation.models import Segment

ONE_OF = ("any_segments", "countries", "regions", "seasons", "holidays", "devices", "kinds", "languages")
"""Parts of a target of whose values one is enough: fewer values ask more."""

SEGMENTS = ("any_segments", "all_segments", "no_segments")


@dataclass(frozen=True, slots=True)
class Line:
    """A live variant of a slot."""

    variant: VariantSnapshot
    target: list[str]
    warnings: list[str]

    @property
    def recommends(self) -> str:
        """Name of the strategy that it shows products by; "" for none."""
        strategy = STRATEGIES.get(self.variant.content.strategy)
        return str(strategy.name) if strategy is not None else ""


@dataclass(frozen=True, slots=True)
class Row:
    """A slot with its variants in the order in which they are asked, the default last."""

    slot: SlotSnapshot
    lines: list[Line]
    warnings: list[str]

    @property
    def kind(self) -> str:
        """What the slot is, in words."""
        return str(Slot.Kind(self.slot.kind).label)


def overview(published: Published, segments: Mapping[str, Segment], now: datetime) -> list[Row]:
    """A row for each slot, by name; `segments` are the shop's by slug. Asks nothing of the database."""
    names = {slug: segment.name for slug, segment in segments.items()}
    keyed = {slot.id for slot in keyed_slots(published)}
    rows = []
    for slot in sorted(published.slots.values(), key=lambda slot: slot.name):
        variants = [*slot.variants, *([slot.default] if slot.default is not None else [])]
        lines = [
            Line(
                each,
                target_in_words(each.target, each.questions, names),
                [*_warnings(slot, each, segments, now), *_strategy_warnings(slot, each)],
            )
            for each in variants
        ]
        rows.append(Row(slot, lines, list(_slot_warnings(slot, keyed))))
    return rows


def _slot_warnings(slot: SlotSnapshot, keyed: set[int]) -> Iterator[str]:
    if slot.default is None:
        yield _("No live default: whoever no variant is for sees nothing, and so does everyone while anything fails.")
    if slot.mode == "variant" and slot.variants and slot.id not in keyed:
        yield _("Only the default is shown: the slots of mode “variant” have more than 16 combinations together.")


def _warnings(slot: SlotSnapshot, variant: VariantSnapshot, segments: Mapping[str, Segment], now: datetime) -> Iterator[str]:
    target = variant.target
    if target.ends_at is not None and target.ends_at <= now:
        yield _("It is over.")
    if target.starts_at is not None and target.starts_at > now:
        yield _("It has not begun.")
    before = slot.variants[: slot.variants.index(variant)] if variant in slot.variants else slot.variants
    cover = next((each for each in before if covers(each, variant)), None)
    if cover is not None:
        yield _("It is never reached: “%(name)s” comes before it and is for everyone whom it is for.") % {"name": cover.name}
    for slug in sorted({slug for part in SEGMENTS for slug in getattr(target, part)}):
        state = segments[slug].state if slug in segments else Segment.State.ARCHIVED
        if state != Segment.State.LIVE:
            said = {"name": segments[slug].name if slug in segments else slug, "state": Segment.State(state).label}
            yield _("The segment “%(name)s” is %(state)s.") % said


def _strategy_warnings(slot: SlotSnapshot, variant: VariantSnapshot) -> Iterator[str]:
    strategy = variant.content.strategy
    if strategy and strategy not in STRATEGIES:
        yield _("There is no strategy “%(name)s”: it recommends nothing.") % {"name": strategy}
    if slot.mode == "variant" and needs_of(strategy):
        yield _("Visitors share a page in this mode, so its recommendations go by nobody.")


def covers(first: VariantSnapshot, second: VariantSnapshot) -> bool:
    """Whether everyone whom the second is for is surely one whom the first is for."""
    speaks = not first.content.words or set(second.content.words) <= set(first.content.words) != set()
    return speaks and (first.target == EVERYONE or _asks_no_more(first.target, second.target))


def _asks_no_more(first: Target, second: Target) -> bool:
    one_of = all(
        not getattr(first, part) or (getattr(second, part) and getattr(second, part) <= getattr(first, part)) for part in ONE_OF
    )
    every = first.all_segments <= second.all_segments and first.no_segments <= second.no_segments
    begins = first.starts_at is None or (second.starts_at is not None and first.starts_at <= second.starts_at)
    ends = first.ends_at is None or (second.ends_at is not None and first.ends_at >= second.ends_at)
    clocks = [(each.weekdays, each.hours_from, each.hours_to) for each in (first, second)]
    return bool(one_of and every and begins and ends and (clocks[0] == clocks[1] or clocks[0] == (frozenset(), None, None)))
