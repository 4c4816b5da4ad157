"""What a fact is called where it stands alone."""

from __future__ import annotations

from django.utils.translation import gettext as _

from segmentation.facts.fact import Fact
from segmentation.facts.relations import relation_label


def meaning(name: str, fact: Fact) -> str:
    """What the fact of this full name is called, with the rows that have it: "order lines: product category"."""
    relation, _dot, _column = name.partition(".")
    if fact.name == name:
        return str(fact.label)
    return _("%(rows)s: %(column)s") % {"rows": relation_label(relation), "column": fact.label}
