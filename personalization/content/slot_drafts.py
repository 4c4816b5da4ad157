"""What is wrong with a slot that somebody wants, before it is saved: the same for the admin's form and for REST."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from personalization.conf import conf
from personalization.content.drafts import Flaw
from personalization.content.loading import content_of
from personalization.content.proofing import proofread
from personalization.content.recommended import needs_of
from personalization.models import Slot, Variant

SLUG_TAKEN = gettext_lazy("Another slot has this slug.")


def is_taken(slug: str, stored: Slot | None) -> bool:
    """Whether another slot of the shop has this slug; one query."""
    return Slot.objects.filter(shop=conf.shop, slug=slug).exclude(pk=stored.pk if stored else 0).exists()


def slot_flaws(kind: str | None, mode: str | None, stored: Slot | None) -> Iterator[Flaw]:
    """What the mode cannot do; None of what was not right by itself. At most one query."""
    if kind == Slot.Kind.PAGE and mode == Slot.Mode.FRAGMENT:
        yield Flaw("mode", _("A whole page cannot be fetched into a page: choose variant or inline."))
    if mode == Slot.Mode.VARIANT and stored is not None and (personal := _personal(stored)):
        said = _("Visitors share a page in this mode, and these variants say something personal: %(names)s")
        yield Flaw("mode", said % {"names": ", ".join(personal)})


def _personal(slot: Slot) -> list[str]:
    """Names of the variants whose words have tokens, or whose recommendations go by who looks."""
    return [variant.name for variant in Variant.objects.filter(slot=slot) if needs_of(variant.strategy) or _has_tokens(variant)]


def _has_tokens(variant: Variant) -> bool:
    content = content_of(variant)
    return any(
        any(proofread(words, is_liquid=content.is_liquid, is_shared=True))
        and not any(proofread(words, is_liquid=content.is_liquid))
        for words in content.words.values()
    )
