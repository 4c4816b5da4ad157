"""What is wrong with the words of a variant before anybody sees them: each with its field and line."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from personalization.content.snapshot import Words
from personalization.content.templates import Template, read
from personalization.content.tokens import PRODUCT_PARTS, PRODUCTS, TOKENS
from personalization.errors import PersonalizationError, TemplateError
from personalization.links import is_safe

FIELDS = ("heading", "text", "link", "link_text", "image_alt")

Problem = tuple[str, str]
"""(field of the words, what is wrong)."""


def proofread(words: Words, *, is_liquid: bool, is_shared: bool = False) -> Iterator[Problem]:
    """Problems of words in one language. Shared ones are seen by all who have the same key."""
    for field in ("liquid",) if is_liquid else FIELDS:
        source = getattr(words, field)
        if source:
            yield from ((field, problem) for problem in _of_text(source, is_liquid, is_shared))
    if not is_liquid and words.link and "{{" not in words.link and not is_safe(words.link):
        yield "link", _("A link leads to a page of the shop (/sale/) or to an http(s) address.")
    if not is_liquid and words.link_text and not words.link:
        yield "link", _("Where does it lead?")


def _of_text(source: str, is_liquid: bool, is_shared: bool) -> Iterator[str]:
    try:
        template = read(source, is_html=is_liquid, is_strict=True)
        unknown = list(_unknown(template, is_liquid))
        yield from unknown
        if is_shared:
            yield from _personal(template)
        if not unknown:
            template.render(EXAMPLE)
    except TemplateError as error:
        yield at_line(error.line, str(error))
    except PersonalizationError as error:
        yield str(error)


EXAMPLE: dict[str, object] = {
    **{token.name: token.example for token in TOKENS.values()},
    PRODUCTS: [dict.fromkeys(PRODUCT_PARTS, "1")],
}
"""A strict template is rendered with it once: names of parts and limits are only met then."""


def _unknown(template: Template, is_liquid: bool) -> Iterator[str]:
    known = {*TOKENS, PRODUCTS} if is_liquid else set(TOKENS)
    for name, line in template.tokens.items():
        if name not in known:
            said = {"name": name, "known": ", ".join(sorted(known))}
            yield at_line(line, _("There is no token “%(name)s”; there are %(known)s.") % said)


def _personal(template: Template) -> Iterator[str]:
    for name, line in template.tokens.items():
        if name in TOKENS:
            yield at_line(line, _("In mode “variant” visitors share a page, so it cannot say “%(name)s”.") % {"name": name})


def at_line(line: int, message: str) -> str:
    """With the line, where one is to blame."""
    return _("Line %(line)d: %(message)s") % {"line": line, "message": message} if line else message
