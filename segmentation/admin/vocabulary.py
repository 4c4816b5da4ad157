"""The facts a rule may ask about, as a table beside the field where it is written."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from segmentation.admin.figures import NOT_KNOWN
from segmentation.admin.links import link, page
from segmentation.admin.restricted import HIDDEN
from segmentation.admin.tables import Table
from segmentation.engine.shop import active_shop
from segmentation.errors import RegularsError
from segmentation.facts import FAMILIES, Catalogue, Fact
from segmentation.facts.meaning import meaning
from segmentation.rules.values import OPERATORS, Kind, operators_of

KINDS: dict[Kind, str | Promise] = {
    Kind.TEXT: gettext_lazy("text"),
    Kind.NUMBER: gettext_lazy("number"),
    Kind.MONEY: gettext_lazy("money"),
    Kind.BOOLEAN: gettext_lazy("yes or no"),
    Kind.DATE: gettext_lazy("date"),
    Kind.TIME: gettext_lazy("date and time"),
    Kind.SET: gettext_lazy("several texts"),
    Kind.GEO: gettext_lazy("place"),
}


def facts_table(may_see_restricted: bool) -> Table:
    """Every fact by the name a rule calls it, family by family: what it means, its operators, the way to its values.

    Empty where the shop cannot be had, which the form says when it is saved.
    """
    try:
        catalogue = active_shop().catalogue
    except RegularsError:
        rows = []
    else:
        rows = [_row(catalogue, name, fact, may_see_restricted) for name, fact in _by_family(catalogue)]
    headings = (_("Fact"), _("Meaning"), _("Family"), _("Kind"), _("Operators"), _("Values"))
    note = _(
        "Columns of orders and other rows are asked through a measure, such as orders.sum(total, last 30 days). Of facts that "
        "hold today's value, the past is not known. Anybody may ask about restricted facts, but not everybody sees their values."
    )
    return Table("facts", _("Facts a rule may ask about"), headings, rows, note=note, is_folded=True)


def _by_family(catalogue: Catalogue) -> Iterator[tuple[str, Fact]]:
    for family in FAMILIES:
        yield from ((name, fact) for name, fact in catalogue if fact.family is family)


def _row(catalogue: Catalogue, name: str, fact: Fact, may_see_restricted: bool) -> tuple[object, ...]:
    operators = ", ".join(OPERATORS[operator].text for operator in operators_of(fact.kind))
    return (
        format_html("<code>{}</code>", name),
        format_html("{}<br><small>{}</small>", meaning(name, fact), fact.help) if fact.help else meaning(name, fact),
        FAMILIES[fact.family].label,
        _kind(fact),
        format_html('<div class="regulars-text">{}</div>', operators),
        _values(catalogue, name, fact, may_see_restricted),
    )


def _kind(fact: Fact) -> str:
    """The kind, and what is special: "text, today's value, restricted"."""
    marks = [_("today's value") if fact.current else "", HIDDEN if fact.restricted else ""]
    return ", ".join(str(part) for part in (KINDS[fact.kind], *marks) if part)


def _values(catalogue: Catalogue, name: str, fact: Fact, may_see_restricted: bool) -> object:
    """A link, since to count values takes a query a fact."""
    if fact.kind not in (Kind.TEXT, Kind.SET) or name in catalogue.computed:
        return NOT_KNOWN
    if fact.restricted and not may_see_restricted:
        return HIDDEN
    return link(page("segment_choices", name), _("Values"))
