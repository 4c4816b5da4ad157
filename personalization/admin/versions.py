"""Versions of the recommender: trained, compared, looked at, switched to."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from personalization import tasks
from personalization.admin.charts import SCRIPTS, STYLES, score_text
from personalization.admin.links import page
from personalization.admin.measured import TASKS, sections
from personalization.admin.model_card import cost_table, count, facts, report_of, score_of, settings_table, tried_table
from personalization.admin.recommendation_preview import preview_view
from personalization.admin.ways import PREVIEW, TRAIN, ways
from personalization.admin.working import SCRIPT, doing, progress_view, start, wait_for
from personalization.conf import conf
from personalization.models import RecommenderVersion
from personalization.recommend.training.switch import SWITCHABLE, switch_to
from segmentation.admin.figures import NOT_KNOWN
from segmentation.admin.read_only import ReadOnlyAdmin
from segmentation.admin.tables import Table

State = RecommenderVersion.State

SERVED = (State.READY, State.ACTIVE)
"""States of versions that are, were or could be served: what a new one is compared with."""

TEMPLATES = "admin/regulars_personalization/recommenderversion"


@admin.register(RecommenderVersion)
class RecommenderVersionAdmin(ReadOnlyAdmin):
    """The shop's versions, newest first; a version's page is its model card."""

    list_display = ("number", "state_shown", "finished_at", "orders_shown", "next_shown", "new_shown", "basket_shown")
    list_display_links = ("number",)
    ordering = ("-number",)
    list_per_page = 25
    sortable_by = ("number",)
    fields = ("state_shown", "started_at", "finished_at", "activated_at", "popular_at")

    class Media:
        css = {"all": STYLES}
        js = (*SCRIPTS, SCRIPT)

    def get_queryset(self, request: HttpRequest) -> QuerySet[RecommenderVersion]:
        """The shop's own, each with the card of the one before."""
        rows: QuerySet[Any] = super().get_queryset(request).filter(shop=conf.shop)
        before = RecommenderVersion.objects.filter(shop=conf.shop, number__lt=OuterRef("number"), state__in=SERVED)
        shown: QuerySet[RecommenderVersion] = rows.annotate(before=Subquery(before.order_by("-number").values("card")[:1]))
        return shown

    def get_urls(self) -> list[Any]:
        """With training, switching and the preview."""
        pages = (
            ("preview/", self.preview, "preview_recommendations"),
            ("train/", require_POST(self.train), "recommenderversion_train"),
            ("progress/", self.progress, "recommenderversion_progress"),
            ("<int:pk>/switch/", self.switch, "recommenderversion_switch"),
        )
        own: list[URLPattern] = [
            path(address, self.admin_site.admin_view(view), name=f"regulars_personalization_{name}")
            for address, view, name in pages
        ]
        return [*own, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """With what is served, the button that trains, and the ways to the other pages."""
        extra = {
            "title": gettext("Recommendations"),
            "doing": doing(request, RecommenderVersion),
            "progress_url": page("recommenderversion_progress"),
            "served": RecommenderVersion.objects.filter(shop=conf.shop, state=State.ACTIVE).defer("card").first(),
            "train_url": page("recommenderversion_train") if request.user.has_perm(TRAIN) else "",
            "ways": ways(request, "recommenderversion_changelist"),
        }
        return super().changelist_view(request, {**extra, **(extra_context or {})})

    def preview(self, request: HttpRequest) -> HttpResponse:
        """What a strategy recommends to somebody."""
        return preview_view(self, request)

    def progress(self, request: HttpRequest) -> HttpResponse:
        """How far the latest training is."""
        self._demand(request)
        return progress_view(request, RecommenderVersion)

    def train(self, request: HttpRequest) -> HttpResponse:
        """Start a training, and say how it went where it ran at once."""
        self._demand(request, TRAIN)
        before = doing(request, RecommenderVersion)
        if before.waits:
            messages.warning(request, gettext("A training is under way already."))
        elif start(request, tasks.train_recommender):
            _tell(request, before.mark)
        return HttpResponseRedirect(page("recommenderversion_changelist"))

    def switch(self, request: HttpRequest, pk: int) -> HttpResponse:
        """GET compares the version with the one that is served and asks; POST switches."""
        self._demand(request, TRAIN)
        version = get_object_or_404(RecommenderVersion, pk=pk, shop=conf.shop)
        back = page("recommenderversion_change", version.pk)
        if version.state not in SWITCHABLE:
            messages.warning(request, gettext("Version %(number)s cannot be switched to.") % {"number": version.number})
            return HttpResponseRedirect(back)
        if request.method == "POST":
            _switch(request, version)
            return HttpResponseRedirect(page("recommenderversion_changelist"))
        served = RecommenderVersion.objects.filter(shop=conf.shop, state=State.ACTIVE).first()
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": gettext("Switch to version %(number)s") % {"number": version.number},
            "media": self.media,
            "version": version,
            "served": served,
            "table": _comparison(version, served),
            "back_url": back,
        }
        return TemplateResponse(request, f"{TEMPLATES}/switch.html", context)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> HttpResponse:
        """The model card."""
        version = kwargs["obj"]
        report = report_of(version.card)
        may_switch = version.state in SWITCHABLE and request.user.has_perm(TRAIN)
        extra = {
            "title": gettext("Version %(number)s") % {"number": version.number},
            "subtitle": None,
            "facts": facts(version.card),
            "sections": sections(report),
            "tables": [settings_table(version.card), tried_table(version.card), cost_table(version.card)],
            "switch_url": page("recommenderversion_switch", version.pk) if may_switch else "",
            "preview_url": page("preview_recommendations") if request.user.has_perm(PREVIEW) else "",
        }
        return super().render_change_form(request, context | extra, *args, **kwargs)

    def _demand(self, request: HttpRequest, permission: str = "") -> None:
        if not self.has_view_permission(request) or (permission and not request.user.has_perm(permission)):
            raise PermissionDenied

    @admin.display(description=_("state"))
    def state_shown(self, version: RecommenderVersion) -> str:
        """The one that is served plainly so."""
        label = version.get_state_display()
        if version.state == State.TRAINING:
            return gettext("%(state)s: %(percent)s%% done") % {"state": label, "percent": version.progress}
        return format_html('<span class="regulars-active">{}</span>', label) if version.state == State.ACTIVE else label

    @admin.display(description=_("orders"))
    def orders_shown(self, version: RecommenderVersion) -> str:
        """Those it learned from."""
        return count(version.card, "data", "orders")

    @admin.display(description=_("next order"))
    def next_shown(self, version: RecommenderVersion) -> str:
        """NDCG@10, and the change."""
        return _scored(version, "next")

    @admin.display(description=_("something new"))
    def new_shown(self, version: RecommenderVersion) -> str:
        """NDCG@10, and the change."""
        return _scored(version, "new")

    @admin.display(description=_("basket"))
    def basket_shown(self, version: RecommenderVersion) -> str:
        """NDCG@10, and the change."""
        return _scored(version, "basket")


def _scored(version: Any, task: str) -> str:
    score, before = score_of(version.card, task), score_of(version.before, task)
    if score is None or before is None:
        return score_text(score)
    change = round(score - before, 3)
    kind = "regulars-up" if change > 0 else "regulars-down" if change < 0 else "regulars-same"
    sign = "+" if change > 0 else "\u2212" if change < 0 else "\u00b1"
    return format_html('{} <span class="{}">{}{}</span>', score_text(score), kind, sign, score_text(abs(change)))


def _tell(request: HttpRequest, before: str) -> None:
    """How a training went that ran in the page; if none did, a worker has it."""
    version = RecommenderVersion.objects.filter(shop=conf.shop).defer("card").order_by("-pk").first()
    if version is None or before.startswith(f"{version.pk}:"):
        wait_for(request, RecommenderVersion, before)
        messages.info(request, gettext("A worker trains a new version; this page shows how far it is."))
        return
    say, said = {
        State.ACTIVE: (messages.success, _("Version %(number)s is trained and served.")),
        State.READY: (messages.success, _("Version %(number)s is trained; it is not served yet.")),
        State.REFUSED: (messages.warning, _("Version %(number)s is not served: %(why)s")),
        State.FAILED: (messages.error, _("Version %(number)s failed: %(why)s")),
    }.get(State(version.state), (messages.info, _("Version %(number)s is in training.")))
    say(request, str(said) % {"number": version.number, "why": version.why})


def _switch(request: HttpRequest, version: RecommenderVersion) -> None:
    try:
        switch_to(version, now=timezone.now())
    except ValueError as error:
        messages.error(request, gettext("Nothing was done: %(problem)s") % {"problem": error})
    else:
        start(request, tasks.refresh_wants)
        messages.success(request, gettext("Version %(number)s is served.") % {"number": version.number})


def _comparison(version: RecommenderVersion, served: RecommenderVersion | None) -> Table:
    versions = [version, *([served] if served else [])]
    rows = [(str(task.name), *(score_text(score_of(each.card, name)) for each in versions)) for name, task in TASKS.items()]
    rows = [(gettext("Orders"), *(count(each.card, "data", "orders") for each in versions)), *rows]
    headings = [gettext("What"), *(gettext("Version %(number)s") % {"number": each.number} for each in versions)]
    note = gettext("Scores are NDCG@10: 1 is ten right products in the right order.")
    return Table("comparison", gettext("Side by side"), headings, rows, empty=NOT_KNOWN, note=note)
