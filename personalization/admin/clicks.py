"""What was recommended and opened, in numbers; who saw what is shown nowhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from personalization.admin.charts import SCRIPTS, STYLES, Chart, Series, percent_text
from personalization.admin.links import page
from personalization.admin.measured import Section
from personalization.admin.ways import ways
from personalization.measure.report import ClickRate, click_rates, summed
from personalization.models import ShownList
from personalization.recommend.serving.preview import name_of
from segmentation.admin.figures import NOT_KNOWN, count_text
from segmentation.admin.links import Tool
from segmentation.admin.read_only import ReadOnlyAdmin
from segmentation.admin.tables import Table

DAYS = (7, 30, 90)
"""Periods to look at."""


@admin.register(ShownList)
class ShownListAdmin(ReadOnlyAdmin):
    """One page with rates; there is no page of a row."""

    class Media:
        css = {"all": STYLES}
        js = SCRIPTS

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The report of the last 7, 30 or 90 days."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        days = next((each for each in DAYS if str(each) == request.GET.get("days")), DAYS[1])
        now = timezone.now()
        rates = click_rates(now - timedelta(days=days), now)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("What was shown and clicked"),
            "media": self.media,
            "days": days,
            "periods": [(each, _period(each)) for each in DAYS],
            "whole": summed(rates),
            "sentence": _sentence(rates, days),
            "sections": _sections(rates),
            "tables": [_groups(rates)] if rates else [],
            "ways": ways(request, "shownlist_changelist"),
        }
        return TemplateResponse(request, "admin/regulars_personalization/shownlist/report.html", context)

    def change_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """There is none."""
        raise Http404

    history_view = change_view


def _period(days: int) -> Tool:
    said = ngettext("%(days)s day", "%(days)s days", days) % {"days": days}
    return Tool(said, page("shownlist_changelist", days=days))


def _sentence(rates: Sequence[ClickRate], days: int) -> str:
    whole = summed(rates)
    if whole.rate is None:
        return ngettext("No list was shown in the last %(days)s day.", "No list was shown in the last %(days)s days.", days) % {
            "days": days
        }
    said = _("%(lists)s lists were shown, with %(items)s products; %(clicks)s were opened: %(rate)s for a hundred lists.")
    return said % {
        "lists": count_text(whole.lists),
        "items": count_text(whole.items),
        "clicks": count_text(whole.clicks),
        "rate": count_text(round(100 * whole.rate)),
    }


def _sections(rates: Sequence[ClickRate]) -> list[Section]:
    if not any(one.clicks for one in rates):
        return []
    drawn = [
        _by("strategy", _("By strategy"), _("Strategy"), rates, lambda one: name_of(one.strategy)),
        _by("slot", _("By slot"), _("Slot"), rates, lambda one: one.slot or _("on the page itself")),
        _by("version", _("By version"), _("Version"), rates, lambda one: str(one.version or _("none"))),
        _by_place(rates),
    ]
    charts = [chart for chart in drawn if len(chart.labels) > 1]
    words = _("A list of which two products were opened counts twice.")
    return [Section("rates", _("Clicks for each list shown"), words, charts)]


def _by(name: str, title: str, heading: str, rates: Sequence[ClickRate], key: Callable[[ClickRate], str]) -> Chart:
    labels = list(dict.fromkeys(map(key, rates)))
    sums = {label: summed(one for one in rates if key(one) == label) for label in labels}
    labels.sort(key=lambda label: (-(sums[label].rate or 0), label))
    best = labels[0]
    said = _("“%(name)s” is opened most: %(clicks)s clicks on %(lists)s lists.")
    sentence = said % {"name": best, "clicks": count_text(sums[best].clicks), "lists": count_text(sums[best].lists)}
    series = Series(_("Clicks a list"), [sums[label].rate for label in labels])
    return Chart(f"by-{name}", title, sentence, heading, labels, [series], is_share=True)


def _by_place(rates: Sequence[ClickRate]) -> Chart:
    shown, clicks = Counter[int](), Counter[int]()
    for place in (place for one in rates for place in one.places):
        shown[place.position] += place.shown
        clicks[place.position] += place.clicks
    places = sorted(shown)
    series = Series(_("Clicks a product"), [clicks[place] / shown[place] if shown[place] else None for place in places])
    sentence = _("What stands in front is seen first: how much each place is worth.")
    labels = [str(place) for place in places]
    return Chart("by-place", _("By place"), sentence, _("Place"), labels, [series], is_share=True, is_lying=False)


def _groups(rates: Sequence[ClickRate]) -> Table:
    rows = [
        (
            name_of(one.strategy),
            one.slot or NOT_KNOWN,
            NOT_KNOWN if one.version is None else one.version,
            count_text(one.lists),
            count_text(one.items),
            count_text(one.clicks),
            percent_text(one.rate),
        )
        for one in rates
    ]
    headings = (_("Strategy"), _("Slot"), _("Version"), _("Lists"), _("Products"), _("Clicks"), _("Clicks a list"))
    note = _("Visitors without JavaScript are shown lists and count no clicks.")
    return Table("groups", _("All of it"), headings, rows, note=note)
