"""Products, categories and brands as owners name them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from personalization.models import MerchandisingRule
from personalization.recommend.product import find_products, read_groups
from personalization.recommend.shelf import unknown_products
from segmentation.errors import RegularsError

Kind = MerchandisingRule.Kind

SEVERAL = 6
"""So many are named where words fit more than one."""

COLUMNS = {Kind.CATEGORY.value: "category", Kind.BRAND.value: "brand"}
"""Kind of what is named -> the column of the shop's products."""

ABSENT = {
    Kind.CATEGORY.value: gettext_lazy("The shop has no category “%(name)s”."),
    Kind.BRAND.value: gettext_lazy("The shop has no brand “%(name)s”."),
}


@dataclass(frozen=True, slots=True)
class Groups:
    """The shop's categories and brands by kind, and why they cannot be had."""

    names: Mapping[str, Sequence[str]] = field(default_factory=lambda: {kind: [] for kind in COLUMNS})
    failure: str = ""


def read_all_groups() -> Groups:
    """As the shop has them; a query each. Raises nothing of the shop's."""
    try:
        return Groups({kind: read_groups(column) for kind, column in COLUMNS.items()})
    except RegularsError as error:
        return Groups(failure=str(error))


def product_called(text: str) -> str:
    """The id of the product with that id, or whose title alone holds these words. Raises ValidationError otherwise."""
    text = text.strip()
    if not unknown_products([text]):
        return text
    try:
        found = find_products(text, SEVERAL + 1)
    except RegularsError as error:
        raise ValidationError(_("The shop cannot be asked: %(problem)s") % {"problem": error}) from error
    exact = [number for number, title in found if title.casefold() == text.casefold()]
    if len(found) == 1 or len(exact) == 1:
        return (exact or [found[0][0]])[0]
    if not found:
        raise ValidationError(_("The shop has no product “%(words)s”.") % {"words": text})
    names = "; ".join(f"{number}: {title}" for number, title in found[:SEVERAL])
    more = " …" if len(found) > SEVERAL else ""
    said = _("Several products are called like “%(words)s”. Give the id of one: %(names)s")
    raise ValidationError(said % {"words": text, "names": names + more})


def group_called(kind: str, text: str, groups: Groups) -> str:
    """The category or brand as the shop writes it. Raises ValidationError where there is none."""
    if groups.failure:
        raise ValidationError(_("The shop cannot be asked: %(problem)s") % {"problem": groups.failure})
    found = next((name for name in groups.names[kind] if name.casefold() == text.strip().casefold()), None)
    if found is None:
        raise ValidationError(str(ABSENT[kind]) % {"name": text})
    return found
