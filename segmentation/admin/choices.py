"""The page that lists the values of a fact, for who writes a rule about it."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from segmentation.admin.figures import NOT_KNOWN, count_text
from segmentation.admin.restricted import may_see
from segmentation.admin.tables import Table
from segmentation.conf import conf
from segmentation.engine.shop import active_shop
from segmentation.errors import RegularsError
from segmentation.facts.meaning import meaning
from segmentation.store.choices import Choices, choices

LIMIT = 50
"""So many values are listed; whoever looks for another searches."""


def choices_view(segments: ModelAdmin[Any], request: HttpRequest, name: str) -> HttpResponse:
    """The most frequent values of the fact of that full name, or those that hold the search words."""
    if not segments.has_change_permission(request):
        raise PermissionDenied
    search = request.GET.get("q", "")
    context = {
        **segments.admin_site.each_context(request),
        "opts": segments.opts,
        "title": _("Values of %(fact)s") % {"fact": name},
        "fact": name,
        "search": search,
        "media": segments.media,
        **_listed(name, search, may_see(request)),
    }
    return TemplateResponse(request, "admin/regulars_segmentation/segment/choices.html", context)


def _listed(name: str, search: str, may_see_restricted: bool) -> dict[str, Any]:
    try:
        shop = active_shop()
        found = choices(
            shop.source,
            shop.catalogue,
            name,
            search,
            limit=LIMIT,
            may_see_restricted=may_see_restricted,
            using=conf.source_alias,
        )
    except KeyError as error:
        raise Http404 from error
    except RegularsError as error:
        return {"failure": _("The shop cannot be asked: %(problem)s") % {"problem": error}}
    fact = shop.catalogue.fact(name)
    return {"table": _table(found), "meaning": meaning(name, fact) if fact else ""}


def _table(found: Choices) -> Table:
    rows = [(one.value, NOT_KNOWN if one.count is None else count_text(one.count)) for one in found.found]
    notes = [
        _("The %(count)d most frequent; search for others.") % {"count": LIMIT} if len(rows) == LIMIT else "",
        _("Not all of the shop's data was looked at: rare values may be missing.") if found.is_partial else "",
    ]
    note = " ".join(filter(None, notes))
    return Table("choices", _("Values"), (_("Value"), _("Rows")), rows, empty=f"{_('No values.')} {note}".strip(), note=note)
