"""What is wrong with a variant that somebody wants, before it is saved: the same for the admin's form and for REST."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from personalization.conf import conf
from personalization.content.keys import MOST_KEYS, keyed_slots
from personalization.content.loading import ASKED, SETS, load, variant_snapshot
from personalization.content.proofing import proofread
from personalization.content.recommended import needs_of
from personalization.content.snapshot import Published, Words
from personalization.links import is_safe
from personalization.models import Slot, Variant, VariantSegment
from personalization.recommend.shelf import unknown_products
from personalization.recommend.strategies.registry import strategy_of

PRODUCT_ID = r"[^\s,;]{1,100}"
"""What a product's id may look like in a list of them."""

REGION = r"[A-Z]{2}-[A-Z0-9]{1,3}"
"""ISO 3166-2."""

MOST_PRODUCTS = 24

HOURS = ("hours_from", "hours_to")
DATES = ("starts_at", "ends_at")
TIMES = (*DATES, *HOURS)


class Flaw(NamedTuple):
    """What is wrong with a field; of the words of a translation with its `language`, "" for all else."""

    field: str
    said: str
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A variant as somebody wants it, each field right by itself; `said` lacks those that were not.

    `words` are those of each language that was written in, "" for the shop's own, which is always there. `stored` is the id of
    the variant that is to be changed, None for a new one.
    """

    slot: Slot | None
    said: Mapping[str, Any]
    words: Mapping[str, Words] = field(default_factory=lambda: {"": Words()})
    stored: int | None = None

    @property
    def is_liquid(self) -> bool:
        """Whether it is written as a template."""
        return bool(self.said.get("body") == Variant.Body.LIQUID)

    @property
    def is_shared(self) -> bool:
        """Whether visitors see one page of it."""
        return self.slot is not None and self.slot.mode == Slot.Mode.VARIANT


def flaws(draft: Draft) -> Iterator[Flaw]:
    """Dates, hours, targets, addresses, products, words, and the limit of versions; at most four queries."""
    for check in (_times, _default, _parts, _recommendations, _words, _keys):
        yield from check(draft)


def _times(draft: Draft) -> Iterator[Flaw]:
    starts, ends, since, until = (draft.said.get(name) for name in TIMES)
    if starts and ends and ends <= starts:
        yield Flaw("ends_at", _("It ends before it begins."))
    if since is not None and since == until:
        yield Flaw("hours_to", _("These hours are no time at all; leave both empty for the whole day."))


def _default(draft: Draft) -> Iterator[Flaw]:
    if not draft.said.get("is_default"):
        return
    if any(draft.said.get(name) for name in (*ASKED, *SETS)) or any(draft.said.get(name) is not None for name in TIMES):
        yield Flaw("is_default", _("A default is for everyone: take away its targets."))
    defaults = Variant.objects.filter(slot=draft.slot, is_default=True).exclude(pk=draft.stored or 0)
    if draft.slot is not None and defaults.exists():
        yield Flaw("is_default", _("The slot has a default already."))


def _parts(draft: Draft) -> Iterator[Flaw]:
    image = draft.said.get("image")
    if image and not is_safe(image):
        yield Flaw("image", _("An image is a file of the shop (/media/…) or has an http(s) address."))
    products = draft.said.get("products") or []
    unknown = unknown_products(products[:MOST_PRODUCTS]) if products else []
    if len(products) > MOST_PRODUCTS:
        yield Flaw("products", _("These are more than %(most)d.") % {"most": MOST_PRODUCTS})
    if unknown:
        yield Flaw("products", _("The shop has no products %(ids)s.") % {"ids": ", ".join(unknown)})


def _recommendations(draft: Draft) -> Iterator[Flaw]:
    strategy = draft.said.get("strategy") or ""
    if draft.is_shared and needs_of(strategy):
        said = _("In mode “variant” visitors share a page, so it cannot show “%(name)s”, which goes by them.")
        yield Flaw("strategy", said % {"name": strategy_of(strategy).name})


def _words(draft: Draft) -> Iterator[Flaw]:
    for language, words in draft.words.items():
        judged = words if words.link or not language else replace(words, link=draft.words[""].link)
        for name, problem in proofread(judged, is_liquid=draft.is_liquid, is_shared=draft.is_shared):
            yield Flaw(name, problem, language)
    is_empty = not any(words.liquid if draft.is_liquid else words for words in draft.words.values())
    if is_empty and not _is_shown_otherwise(draft):
        yield Flaw("liquid" if draft.is_liquid else "heading", _("It says nothing and shows nothing."))


def _is_shown_otherwise(draft: Draft) -> bool:
    shows = not draft.is_liquid and any(draft.said.get(name) for name in ("image", "products", "strategy"))
    is_page = draft.slot is not None and draft.slot.kind == Slot.Kind.PAGE
    return shows or is_page or draft.said.get("state") != Variant.State.LIVE


def _keys(draft: Draft) -> Iterator[Flaw]:
    """A live variant more may be one too many for the versions that a cache keeps."""
    slot = draft.slot
    is_asked = draft.said.get("state") == Variant.State.LIVE and not draft.said.get("is_default")
    if slot is None or not draft.is_shared or not is_asked:
        return
    live = load(conf.shop)
    stored = live.slots.get(slot.slug)
    if stored is None:
        return
    others = tuple(each for each in stored.variants if each.id != draft.stored)
    grown = replace(stored, variants=(*others, variant_snapshot(Variant(slot=slot), [])))
    if grown.id not in {each.id for each in keyed_slots(Published({**live.slots, slot.slug: grown}))}:
        said = _("Slots of mode “variant” may come to %(most)d combinations together; this is more.")
        yield Flaw("state", said % {"most": MOST_KEYS})


def other_languages() -> list[str]:
    """Those that a variant may be translated into."""
    return [code for code in conf.spoken if code != conf.base_language]


def ask(variant: Variant, segments: Mapping[str, Any]) -> None:
    """Have the variant ask for these segments, "any_segments" and so on, and for no others under these names."""
    asks = {ASKED[name] for name in segments}
    wanted = {(ASKED[name], segment.pk) for name, asked in segments.items() for segment in asked}
    stored = {(row.ask, row.segment_id): row for row in variant.asked.filter(ask__in=asks)}
    for key in stored.keys() - wanted:
        stored[key].delete()
    for how, segment in sorted(wanted - stored.keys()):
        VariantSegment.objects.create(variant=variant, ask=how, segment_id=segment)
