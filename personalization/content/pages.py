"""A slot on a page, in the way that its mode asks for. Nothing raises into the page but CacheLeak, which is for developers."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from personalization.conf import conf
from personalization.content.at_hand import AtHand, at_hand
from personalization.content.caching import may_be_personal, may_vary, page_slots
from personalization.content.choose import choose, choose_keyed, default_of
from personalization.content.published import published
from personalization.content.rendering import is_personal, render
from personalization.content.snapshot import SlotSnapshot, VariantSnapshot
from personalization.errors import CacheLeak
from personalization.recommend.serving.page import shown_on

if TYPE_CHECKING:
    from personalization.content.caching import PageSlots
    from personalization.visitor.audience import Audience

log = logging.getLogger(__name__)

NOTHING = SafeString("")


def slot_html(request: HttpRequest | None, slug: str, now: datetime, **given: Any) -> SafeString:
    """What stands where a template has `{% slot slug %}`; without a request, what everyone may see.

    `given` is what the page has at hand, as `at_hand` takes it.
    """
    slot = _slot(slug)
    if slot is None:
        said = escape(slug).replace("--", "- -")
        return mark_safe(f"<!-- no slot is called {said} -->") if conf.debug else NOTHING
    if slot.kind == "popup" and request is not None and any(part in request.path for part in conf.quiet_paths):
        return NOTHING
    try:
        return _framed(slot, request, at_hand(now, request, **given))
    except CacheLeak:
        raise
    except Exception:
        log.exception("slot %s cannot be shown; its default is", slug)
        return default_html(slot, AtHand(now=now))


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


def fragment_html(slot: SlotSnapshot, audience: Audience, at: AtHand) -> SafeString | None:
    """What a page that everyone was given puts into a slot for this visitor; None: what is there stays."""
    try:
        variant = choose(slot, audience, at.now)
        if variant is None or not is_personal(variant, audience.language, at):
            return None
        return render(slot, variant, audience, audience.language, at) or None
    except Exception:
        log.exception("slot %s cannot be shown; what the page has stays", slot.slug)
        return None


def default_html(slot: SlotSnapshot, at: AtHand) -> SafeString:
    """What everyone may see on a page that has this at hand, which is public. Raises nothing."""
    language = _language()
    try:
        variant = default_of(slot, language)
        return render(slot, variant, None, language, at) if variant is not None else NOTHING
    except Exception:
        log.exception("the default of slot %s cannot be shown", slot.slug)
        return NOTHING


def _slot(slug: str) -> SlotSnapshot | None:
    slot = published().slots.get(slug)
    if slot is None:
        log.warning("no active slot is called %s", slug)
    return slot


def _framed(slot: SlotSnapshot, request: HttpRequest | None, at: AtHand) -> SafeString:
    mark = MARKS[slot.mode](slot, request, at)
    size = "none" if slot.kind == "popup" else slot.size
    html = MODES[slot.mode](slot, request, at) if request is not None else default_html(slot, at.public)
    if not mark and not html:
        return NOTHING
    return format_html('<div class="rg-slot rg-size-{}"{}>{}</div>', size, mark, html)


def _fragment(slot: SlotSnapshot, request: HttpRequest, at: AtHand) -> SafeString:
    """The page is everyone's; the visitor's own variant is fetched."""
    return _for_everyone(slot, request, at, lambda public: default_html(slot, public))


def _variant(slot: SlotSnapshot, request: HttpRequest, at: AtHand) -> SafeString:
    if not may_vary(request, slot.slug):
        return _fragment(slot, request, at)
    language = _language()
    variant = choose_keyed(slot, cast("PageSlots", page_slots(request)).chosen, language, at.now)
    if variant is None:
        return NOTHING
    return _for_everyone(slot, request, at, lambda public: render(slot, variant, None, language, public))


def _inline(slot: SlotSnapshot, request: HttpRequest, at: AtHand) -> SafeString:
    audience = _audience(request)
    if audience is None or not may_be_personal(request, slot.slug):
        return _fragment(slot, request, at)
    variant = choose(slot, audience, at.now)
    html = render(slot, variant, audience, audience.language, at) if variant is not None else NOTHING
    default = default_html(slot, at.public)
    shown = html or default
    cast("PageSlots", page_slots(request)).shown.append((shown, default))
    return shown


MODES: Mapping[str, Callable[[SlotSnapshot, HttpRequest, AtHand], SafeString]] = {
    "fragment": _fragment,
    "variant": _variant,
    "inline": _inline,
}


def _for_everyone(slot: SlotSnapshot, request: HttpRequest, at: AtHand, show: Callable[[AtHand], SafeString]) -> SafeString:
    """A slot that everyone may see, without products that stand on the page already.

    What a visitor's own slots show would be seen through what others leave out. So those go by each other alone, unless the page
    is one visitor's already.
    """
    public: Any = getattr(request, "regulars_public", None) or SimpleNamespace()
    request.regulars_public = public  # type: ignore[attr-defined]
    html = show(replace(at.public, page=public))
    page = page_slots(request)
    if not _recommends(slot) or page is None or not page.shown:
        shown_on(request).update(shown_on(public))
        return html
    own = show(replace(at.public, page=request))
    page.shown.append((own, html))
    return own


def _recommends(slot: SlotSnapshot) -> bool:
    return any(each.content.strategy for each in (*slot.variants, slot.default) if each is not None)


def _fetched(slot: SlotSnapshot, request: HttpRequest | None, at: AtHand) -> SafeString:
    """With what the page has at hand, where the slot recommends by it; a visitor's cart stands on no page of everyone's."""
    mark = format_html(' data-rg-slot="{}"', slot.slug)
    if not _recommends(slot):
        return mark
    public = _at(at.public)
    if not at.is_personal or request is None or not may_be_personal(request, slot.slug, "has somebody's cart at hand"):
        return mark + public
    own = _at(at)
    cast("PageSlots", page_slots(request)).shown.append((own, public))
    return mark + own


def _at(at: AtHand) -> SafeString:
    return format_html(' data-rg-at="{}"', at.text) if at.text else NOTHING


def _keyed(slot: SlotSnapshot, request: HttpRequest | None, at: AtHand) -> SafeString:
    return SafeString(" data-rg-keyed")


def _unmarked(slot: SlotSnapshot, request: HttpRequest | None, at: AtHand) -> SafeString:
    return NOTHING


MARKS: Mapping[str, Callable[[SlotSnapshot, HttpRequest | None, AtHand], SafeString]] = {
    "fragment": _fetched,
    "variant": _keyed,
    "inline": _unmarked,
}
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
