"""A slot on a page, in the way that its mode asks for. Nothing raises into the page but CacheLeak, which is for developers."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, cast

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from personalization.conf import conf
from personalization.content.caching import may_be_personal, may_vary, page_slots
from personalization.content.choose import choose, choose_keyed, default_of
from personalization.content.published import published
from personalization.content.rendering import is_personal, render
from personalization.content.snapshot import SlotSnapshot, VariantSnapshot
from personalization.errors import CacheLeak

if TYPE_CHECKING:
    from personalization.content.caching import PageSlots
    from personalization.visitor.audience import Audience

log = logging.getLogger(__name__)

NOTHING = SafeString("")


def slot_html(request: HttpRequest | None, slug: str, now: datetime) -> SafeString:
    """What stands where a template has `{% slot slug %}`; without a request, what everyone may see."""
    slot = _slot(slug)
    if slot is None:
        said = escape(slug).replace("--", "- -")
        return mark_safe(f"<!-- no slot is called {said} -->") if conf.debug else NOTHING
    if slot.kind == "popup" and request is not None and any(part in request.path for part in conf.quiet_paths):
        return NOTHING
    try:
        return _framed(slot, request, now)
    except CacheLeak:
        raise
    except Exception:
        log.exception("slot %s cannot be shown; its default is", slug)
        return default_html(slot)


def page_variant(request: HttpRequest | None, slug: str, now: datetime) -> str:
    """The slug of the variant that a whole page takes on; "" where none fits and there is no default."""
    slot = _slot(slug)
    if slot is None:
        return ""
    try:
        variant = _page_choice(slot, request, now)
    except CacheLeak:
        raise
    except Exception:
        log.exception("page variant %s cannot be chosen; the default is", slug)
        variant = default_of(slot, _language())
    return variant.slug if variant is not None else ""


def slots_address() -> str:
    """Where fragments are fetched; "" where the shop has not mounted our addresses."""
    return _address("slots")


def clicked_address() -> str:
    """Where pages tell what was opened; "" as above."""
    return _address("clicked")


def _address(name: str) -> str:
    try:
        return reverse(f"personalization:{name}")
    except NoReverseMatch:
        return ""


def fragment_html(slot: SlotSnapshot, audience: Audience, now: datetime) -> SafeString | None:
    """What a page that everyone was given puts into a slot for this visitor; None: what is there stays."""
    try:
        variant = choose(slot, audience, now)
        if variant is None or not is_personal(variant, audience.language):
            return None
        return render(slot, variant, audience, audience.language)
    except Exception:
        log.exception("slot %s cannot be shown; what the page has stays", slot.slug)
        return None


def default_html(slot: SlotSnapshot) -> SafeString:
    """What everyone may see. Raises nothing."""
    language = _language()
    try:
        variant = default_of(slot, language)
        return render(slot, variant, None, language) if variant is not None else NOTHING
    except Exception:
        log.exception("the default of slot %s cannot be shown", slot.slug)
        return NOTHING


def _slot(slug: str) -> SlotSnapshot | None:
    slot = published().slots.get(slug)
    if slot is None:
        log.warning("no active slot is called %s", slug)
    return slot


def _framed(slot: SlotSnapshot, request: HttpRequest | None, now: datetime) -> SafeString:
    show = MODES[slot.mode]
    mark = MARKS.get(slot.mode, "")
    size = "none" if slot.kind == "popup" else slot.size
    html = show(slot, request, now) if request is not None else default_html(slot)
    if not mark and not html:
        return NOTHING
    return format_html('<div class="rg-slot rg-size-{}"{}>{}</div>', size, format_html(mark, slot.slug), html)


def _fragment(slot: SlotSnapshot, request: HttpRequest, now: datetime) -> SafeString:
    """The page is everyone's; the visitor's own variant is fetched."""
    return default_html(slot)


def _variant(slot: SlotSnapshot, request: HttpRequest, now: datetime) -> SafeString:
    if not may_vary(request, slot.slug):
        return default_html(slot)
    language = _language()
    variant = choose_keyed(slot, cast("PageSlots", page_slots(request)).chosen, language, now)
    return render(slot, variant, None, language) if variant is not None else NOTHING


def _inline(slot: SlotSnapshot, request: HttpRequest, now: datetime) -> SafeString:
    audience = _audience(request)
    if audience is None or not may_be_personal(request, slot.slug):
        return default_html(slot)
    variant = choose(slot, audience, now)
    html = render(slot, variant, audience, audience.language) if variant is not None else NOTHING
    cast("PageSlots", page_slots(request)).shown.append((html, default_html(slot)))
    return html


MODES: Mapping[str, Callable[[SlotSnapshot, HttpRequest, datetime], SafeString]] = {
    "fragment": _fragment,
    "variant": _variant,
    "inline": _inline,
}

MARKS = {"fragment": ' data-rg-slot="{}"', "variant": " data-rg-keyed"}
"""By what the loader finds a slot that it is to fetch, or a page whose visitor needs a key."""


def _page_choice(slot: SlotSnapshot, request: HttpRequest | None, now: datetime) -> VariantSnapshot | None:
    language = _language()
    if request is None or slot.mode == "fragment":  # a page that is there already takes on nothing
        return default_of(slot, language)
    if slot.mode == "variant":
        page = page_slots(request)
        chosen = page.chosen if page is not None and may_vary(request, slot.slug) else frozenset[int]()
        return choose_keyed(slot, chosen, language, now)
    audience = _audience(request)
    if audience is None or not may_be_personal(request, slot.slug):
        return default_of(slot, language)
    cast("PageSlots", page_slots(request)).shown.append(("", ""))
    return choose(slot, audience, now)


def _audience(request: HttpRequest) -> Audience | None:
    return getattr(request, "visitor", None)


def _language() -> str:
    return get_language() or conf.base_language
