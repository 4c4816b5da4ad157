"""A variant as HTML: its words with tokens, its image, its products, and the way to ask why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.template.loader import get_template
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString, mark_safe

from personalization.content.languages import words_for
from personalization.content.sanitise import sanitise
from personalization.content.snapshot import Content, SlotSnapshot, VariantSnapshot
from personalization.content.templates import Template, read
from personalization.content.tokens import PRODUCT_PARTS, PRODUCTS, said_to
from personalization.links import is_safe
from personalization.recommend.shelf import shelf

if TYPE_CHECKING:
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


def is_personal(variant: VariantSnapshot, language: str) -> bool:
    """Whether what is shown depends on who looks."""
    return not variant.is_default or bool(tokens_of(variant, language))


def render(slot: SlotSnapshot, variant: VariantSnapshot, audience: Audience | None, language: str) -> SafeString:
    """The variant in its section, or its dialog. Without an audience it speaks to nobody in particular, so everyone may see it.

    Raises TemplateError where a limit is passed, MissingExtra.
    """
    why = _why(slot) if audience is not None and is_personal(variant, language) else ""
    parts = _parsed(variant, language)
    if parts.tokens or variant.content.products:
        return _rendered(slot, variant, parts, audience, why)
    return _same_for_all(slot, variant, language, why)


@lru_cache(maxsize=2_000)
def _same_for_all(slot: SlotSnapshot, variant: VariantSnapshot, language: str, why: str) -> SafeString:
    """What has neither tokens nor products is made once in each language."""
    return _rendered(slot, variant, _parsed(variant, language), None, why)


def _rendered(slot: SlotSnapshot, variant: VariantSnapshot, parts: Parts, audience: Audience | None, why: str) -> SafeString:
    content = variant.content
    context: dict[str, Any] = {"slot": slot, "why": why, "label": slot.name}
    said = said_to(audience, parts.tokens)
    products = shelf.products(content.products)
    if content.is_liquid:
        listed = [{name: getattr(product, part) for name, part in PRODUCT_PARTS.items()} for product in products]
        html = parts.templates["liquid"].render({**said, PRODUCTS: listed}) if parts.templates else ""
        context["html"] = mark_safe(sanitise(html))
    else:
        texts = {name: template.render(said).strip() for name, template in parts.templates.items()}
        context |= texts | {"products": products, "image": content.image if is_safe(content.image) else ""}
        context["link"] = texts.get("link", "") if is_safe(texts.get("link", "")) else ""
        context["label"] = texts.get("heading") or slot.name
    return mark_safe(get_template(TEMPLATES.get(slot.kind, SECTION)).render(context))


SECTION = "regulars_personalization/slot/section.html"
TEMPLATES = {"popup": "regulars_personalization/slot/popup.html"}
"""Kind of slot -> its template, where it is not a section."""


def _why(slot: SlotSnapshot) -> str:
    """The page that says why; "" where the shop has not mounted ours."""
    try:
        return reverse("personalization:why", args=[slot.slug])
    except NoReverseMatch:
        return ""
