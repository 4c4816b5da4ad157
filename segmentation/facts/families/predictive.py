"""What they will probably do: numbers that models write about them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from segmentation.facts.family import Family, FamilyWords

WORDS = FamilyWords(
    Family.PREDICTIVE,
    _("Predictive"),
    _("What customers will probably do: scores that models write about them. Who has none is unknown."),
)

SORTS = {
    "wants_": (
        _("interest in “{label}”"),
        _("How high the product stands among what the customer never bought and might want: 1 is first, above 0 is listed."),
    ),
}
"""What the names of scores of a sort begin with -> what each is called, with its own label in it, and what it means."""
