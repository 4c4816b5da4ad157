"""A variant as HTML: its words with tokens, its image, its products, and the way to ask why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.template.loader import get_template
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString, mark_safe

from personalization.content.languages import words_for
from personalization.content.recommended import NONE, goes_by_visitor, recommended
from personalization.content.sanitise import sanitise
from personalization.content.snapshot import Content, SlotSnapshot, VariantSnapshot
from personalization.content.templates import Template, read
from personalization.content.tokens import PRODUCT_PARTS, PRODUCTS, said_to
from personalization.links import is_safe
from personalization.recommend.shelf import shelf

if TYPE_CHECKING:
    from personalization.content.at_hand import AtHand
    from personalization.recommend.product import Product
    from personalization.recommend.serving.page import Listing
    from personalization.recommend.serving.serve import Recommended
    from personalization.visitor.audience import Audience

SPOKEN = ("heading", "text", "link", "link_text", "image_alt")
"""Parts of the words that may hold tokens, of a content that is written as fields."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The words of a content in one language, parsed."""

    templates: Mapping[str, Template]
    tokens: Mapping[str, int]


def parse(content: Content, language: str, *, is_strict: bool = False) -> Parts:
    """The words for a language. Raises TemplateError with the line, MissingExtra."""
    words = words_for(content, language)
    names = ("liquid",) if content.is_liquid else SPOKEN
    sources = {name: getattr(words, name) for name in names} if words else {}
    templates = {name: read(text, is_html=content.is_liquid, is_strict=is_strict) for name, text in sources.items() if text}
    return Parts(templates, {token: line for template in templates.values() for token, line in template.tokens.items()})


@lru_cache(maxsize=2_000)
def _parsed(variant: VariantSnapshot, language: str) -> Parts:
    return parse(variant.content, language)


def tokens_of(variant: VariantSnapshot, language: str) -> tuple[str, ...]:
    """Names of the tokens that it says something of whoever reads it by."""
    return tuple(name for name in _parsed(variant, language).tokens if name != PRODUCTS)


def is_personal(variant: VariantSnapshot, language: str, at: AtHand | None = None) -> bool:
    """Whether what is shown depends on who looks, on a page that has this at hand."""
    return not variant.is_default or bool(tokens_of(variant, language)) or goes_by_visitor(variant.content, at)


def render(
    slot: SlotSnapshot, variant: VariantSnapshot, audience: Audience | None, language: str, at: AtHand | None = None
) -> SafeString:
    """The variant in its section, or its dialog. Without an audience it speaks to nobody in particular, so everyone may see it.

    `at` is what the page has at hand; without a page nothing is recommended. "" where recommendations are all that there is to
    show, and there are none. Raises TemplateError where a limit is passed, MissingExtra.
    """
    parts = _parsed(variant, language)
    if not _is_made_anew(variant, parts):
        return _same_for_all(slot, variant, language, _why(slot, variant, audience, language, at))
    shown = contents(slot, variant, audience, language, at)
    return _framed(slot, shown) if shown is not None else SafeString("")


def contents(
    slot: SlotSnapshot, variant: VariantSnapshot, audience: Audience | None, language: str, at: AtHand | None = None
) -> Mapping[str, Any] | None:
    """What `render` frames, by name; those of `FIELDS` that are there. None where `render` gives "". Raises what it raises."""
    why = _why(slot, variant, audience, language, at)
    parts = _parsed(variant, language)
    content = variant.content
    if not _is_made_anew(variant, parts):
        return _said(content, parts, {}, [], NONE) | {"why": why}
    fixed = shelf.products(content.products)
    listing = recommended(slot, content, audience, at, fixed)
    shown = _said(content, parts, said_to(audience, parts.tokens), fixed, listing)
    if content.strategy and not fixed and not listing and not any(shown.get(name) for name in ENOUGH):
        return None
    return shown | {"why": why, "token": listing.uid}


FIELDS = ("heading", "text", "link", "link_text", "image", "image_alt", "html", "products", "why", "token")


def _is_made_anew(variant: VariantSnapshot, parts: Parts) -> bool:
    return bool(parts.tokens or variant.content.products or variant.content.strategy)


@lru_cache(maxsize=2_000)
def _same_for_all(slot: SlotSnapshot, variant: VariantSnapshot, language: str, why: str) -> SafeString:
    """What has neither tokens nor products is made once in each language."""
    return _framed(slot, _said(variant.content, _parsed(variant, language), {}, [], NONE) | {"why": why})


ENOUGH = ("html", "text", "link", "image")
"""What is worth showing without the products that were to be recommended; a heading alone is not."""


def _said(
    content: Content, parts: Parts, said: Mapping[str, object], fixed: Sequence[Product], listing: Listing
) -> dict[str, Any]:
    return (_liquid if content.is_liquid else _fields)(content, parts, said, fixed, listing)


def _liquid(
    content: Content, parts: Parts, said: Mapping[str, object], fixed: Sequence[Product], listing: Listing
) -> dict[str, Any]:
    shown: list[Product | Recommended] = [*fixed, *listing.items]
    products = [_parts_of(each) for each in shown]
    html = parts.templates["liquid"].render({**said, PRODUCTS: products}) if parts.templates else ""
    return {"html": mark_safe(sanitise(html).strip())}


def _parts_of(product: Product | Recommended) -> dict[str, Any]:
    """What a template may print of a product; one that was not recommended has neither a place nor a reason."""
    return {name: getattr(product, part, "") for name, part in PRODUCT_PARTS.items()}


def _fields(
    content: Content, parts: Parts, said: Mapping[str, object], fixed: Sequence[Product], listing: Listing
) -> dict[str, Any]:
    texts = {name: template.render(said).strip() for name, template in parts.templates.items()}
    return texts | {
        "heading": texts.get("heading") or listing.heading,
        "products": [*fixed, *listing.items],
        "image": content.image if is_safe(content.image) else "",
        "link": texts.get("link", "") if is_safe(texts.get("link", "")) else "",
    }


def _framed(slot: SlotSnapshot, shown: Mapping[str, Any]) -> SafeString:
    context = {"slot": slot, "label": shown.get("heading") or slot.name, **shown}
    return mark_safe(get_template(TEMPLATES.get(slot.kind, SECTION)).render(context))


SECTION = "regulars_personalization/slot/section.html"
TEMPLATES = {"popup": "regulars_personalization/slot/popup.html"}
"""Kind of slot -> its template, where it is not a section."""


def _why(slot: SlotSnapshot, variant: VariantSnapshot, audience: Audience | None, language: str, at: AtHand | None) -> str:
    """The page that says why; "" of what everyone may see, and where the shop has not mounted ours."""
    if audience is None or not is_personal(variant, language, at):
        return ""
    try:
        return reverse("personalization:why", args=[slot.slug])
    except NoReverseMatch:
        return ""
