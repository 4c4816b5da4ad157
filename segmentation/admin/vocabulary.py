"""The facts a rule may ask about, as a table beside the field where it is written."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.translation import gettext as _

from segmentation.admin.tables import Table
from segmentation.engine.shop import active_shop
from segmentation.errors import RegularsError
from segmentation.rules.values import OPERATORS, operators_of


def facts_table() -> Table:
    """Every fact by the name a rule calls it, its kind and its operators as they are written.

    Empty where the shop cannot be had, which the form says when it is saved.
    """
    try:
        facts = list(active_shop().catalogue)
    except RegularsError:
        facts = []
    rows = [
        (
            format_html("<code>{}</code>", name),
            fact.kind.value,
            format_html(
                '<div class="regulars-text">{}</div>', ", ".join(OPERATORS[name].text for name in operators_of(fact.kind))
            ),
        )
        for name, fact in facts
    ]
    headings = (_("Fact"), _("Kind"), _("Operators"))
    note = _("Columns of orders and other rows are asked through a measure, such as orders.sum(total, last 30 days).")
    return Table("facts", _("Facts a rule may ask about"), headings, rows, note=note, is_folded=True)
