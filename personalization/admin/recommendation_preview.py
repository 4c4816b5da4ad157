"""What a strategy recommends to somebody, why, and what the rules of the house took out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from personalization.admin.charts import score_text
from personalization.admin.links import page
from personalization.admin.recommendation_form import SHOWN, RecommendationForm
from personalization.admin.ways import PREVIEW, ways
from personalization.recommend.serving.preview import name_of, preview, rule_text, seen_as
from personalization.recommend.serving.serve import Answer, Recommended
from personalization.recommend.strategies.registry import strategy_of
from segmentation.admin.links import page as segmentation_page
from segmentation.admin.tables import Table
from segmentation.errors import RegularsError

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin


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
        **(_shown(versions, request, form) if form.is_valid() else {}),
    }
    return TemplateResponse(request, "admin/regulars_personalization/recommenderversion/preview.html", context)


def _shown(versions: ModelAdmin[Any], request: HttpRequest, form: RecommendationForm) -> dict[str, Any]:
    said = form.cleaned_data
    try:
        found = preview(said["strategy"], form.situation, limit=said["limit"] or SHOWN, now=timezone.now())
    except RegularsError as error:
        return {"failure": _("The shop cannot be asked: %(problem)s") % {"problem": error}}
    if person := said["person"]:
        versions.log_change(request, person, seen_as(said["strategy"]))
    answer, strategy = found.answer, strategy_of(said["strategy"])
    return {
        "strategy": strategy,
        "heading": answer.heading if answer.heading != str(strategy.name) else "",
        "cards": [_card(item) for item in answer.items],
        "removed": _removed(answer),
        "notes": list(found.notes),
        "profile_url": _profile_url(request, form),
    }


def _card(item: Recommended) -> Card:
    return Card(
        item,
        score_text(item.score),
        name_of(item.source),
        page("preview_recommendations", strategy="similar", products=item.product.id),
    )


def _removed(answer: Answer) -> Table:
    rows = [(f"{one.title or one.product}", name_of(one.source), rule_text(one.rule)) for one in answer.removed]
    headings = (_("Product"), _("Strategy"), _("Rule"))
    return Table("removed", _("Taken out"), headings, rows, empty=_("The rules of the house took nothing out."))


def _profile_url(request: HttpRequest, form: RecommendationForm) -> str:
    person = form.cleaned_data["person"]
    may_look = person is not None and request.user.has_perm("regulars_segmentation.view_profile")
    return segmentation_page("profile_change", person.pk) if may_look else ""
