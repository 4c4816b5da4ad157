"""What a strategy recommends to somebody, why, and what the rules of the house took out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from personalization.admin.charts import score_text
from personalization.admin.links import page
from personalization.admin.recommendation_form import SHOWN, RecommendationForm
from personalization.admin.ways import PREVIEW, ways
from personalization.models import RecommenderVersion
from personalization.recommend.serving.house import RULES
from personalization.recommend.serving.serve import Answer, Recommended, recommend
from personalization.recommend.strategies.asked import Asked
from personalization.recommend.strategies.base import HAS, Need
from personalization.recommend.strategies.registry import STRATEGIES, strategy_of
from segmentation.admin.links import page as segmentation_page
from segmentation.admin.tables import Table
from segmentation.errors import RegularsError

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

NEEDS: Mapping[Need, str | Promise] = {
    Need.PERSON: gettext_lazy("a customer who may be followed"),
    Need.VIEWS: gettext_lazy("products that the customer looked at"),
    Need.SEGMENT: gettext_lazy("a segment"),
    Need.COUNTRY: gettext_lazy("a country"),
    Need.PRODUCT: gettext_lazy("a product whose page it is"),
    Need.BASKET: gettext_lazy("something in the basket"),
    Need.WISHES: gettext_lazy("something on the customer's wishlist"),
    Need.QUERY: gettext_lazy("search words"),
}
"""What a strategy may need, in words."""


class Card(NamedTuple):
    """A product as the preview shows it; `similar_url` leads to the preview of its page."""

    item: Recommended
    score: str
    source: str
    similar_url: str


def preview_view(versions: ModelAdmin[Any], request: HttpRequest) -> HttpResponse:
    """GET with nothing asks for whom; with the form's fields it shows what they are recommended."""
    if not request.user.has_perm(PREVIEW):
        raise PermissionDenied
    form = RecommendationForm(request.GET or None, initial={"limit": SHOWN, "strategy": request.GET.get("strategy")})
    context = {
        **versions.admin_site.each_context(request),
        "opts": versions.opts,
        "title": _("Preview recommendations"),
        "media": versions.media + form.media,
        "form": form,
        "may_see_versions": versions.has_view_permission(request),
        "ways": ways(request, "preview_recommendations"),
        **(_shown(request, form) if form.is_valid() else {}),
    }
    return TemplateResponse(request, "admin/regulars_personalization/recommenderversion/preview.html", context)


def _shown(request: HttpRequest, form: RecommendationForm) -> dict[str, Any]:
    said = form.cleaned_data
    try:
        asked = form.asked(timezone.now())
        limit = said["limit"] or SHOWN
        # Nothing is drawn by lot: whoever looks twice sees the same.
        answer = recommend(said["strategy"], asked, limit=limit, keeps_removed=True, draw=lambda: 1.0)
    except RegularsError as error:
        return {"failure": _("The shop cannot be asked: %(problem)s") % {"problem": error}}
    strategy = strategy_of(said["strategy"])
    return {
        "strategy": strategy,
        "heading": answer.heading if answer.heading != str(strategy.name) else "",
        "cards": [_card(item) for item in answer.items],
        "removed": _removed(answer),
        "notes": _notes(form, asked, answer),
        "profile_url": _profile_url(request, form),
    }


def _card(item: Recommended) -> Card:
    return Card(
        item,
        score_text(item.score),
        name_of(item.source),
        page("preview_recommendations", strategy="similar", products=item.product.id),
    )


def name_of(slug: str) -> str:
    """What owners call the strategy; its slug, should there be none any more."""
    strategy = STRATEGIES.get(slug)
    return str(strategy.name) if strategy else slug


def _removed(answer: Answer) -> Table:
    rows = [(f"{one.title or one.product}", name_of(one.source), rule_text(one.rule)) for one in answer.removed]
    headings = (_("Product"), _("Strategy"), _("Rule"))
    return Table("removed", _("Taken out"), headings, rows, empty=_("The rules of the house took nothing out."))


def rule_text(code: str) -> str:
    """A rule of the house in words."""
    return str(RULES[code].label) if code in RULES else code.replace("_", " ")


def _notes(form: RecommendationForm, asked: Asked, answer: Answer) -> Sequence[str]:
    notes = []
    if form.refuses:
        notes.append(_("This customer may not be followed, so her history is not read: this is what she really gets."))
    lacking = [str(NEEDS[need]) for need in strategy_of(answer.strategy).needs if not HAS[need](asked)]
    if lacking:
        said = _("“%(strategy)s” needs %(what)s. Without it, the next strategies of its chain answer.")
        notes.append(said % {"strategy": name_of(answer.strategy), "what": ", ".join(sorted(lacking))})
    if answer.version is None:
        notes.append(_("Nothing was trained yet: only what needs no training is shown."))
    elif (number := RecommenderVersion.objects.filter(pk=answer.version).values_list("number", flat=True).first()) is not None:
        notes.append(_("Made by version %(number)s.") % {"number": number})
    return notes


def _profile_url(request: HttpRequest, form: RecommendationForm) -> str:
    person = form.cleaned_data["person"]
    may_look = person is not None and request.user.has_perm("regulars_segmentation.view_profile")
    return segmentation_page("profile_change", person.pk) if may_look else ""
