"""Tests of the models on the shop's own orders: started, and shown as charts."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import formats
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from personalization import tasks
from personalization.admin.charts import SCRIPTS, STYLES, score_text
from personalization.admin.links import page
from personalization.admin.loose import number
from personalization.admin.measured import NDCG, sections
from personalization.admin.model_card import Fact, count, settings_table, tried_table
from personalization.admin.ways import TRAIN, ways
from personalization.admin.working import SCRIPT, doing, progress_view, start, wait_for
from personalization.conf import conf
from personalization.models import Evaluation
from personalization.recommend.training.span import cut_of, span
from segmentation.admin.read_only import ReadOnlyAdmin
from segmentation.errors import RegularsError

State = Evaluation.State

TEMPLATES = "admin/regulars_personalization/evaluation"


class EvaluateForm(forms.Form):
    """Where the orders are cut: models learn from those before the day, and are asked for those since."""

    fit_until = forms.DateField(label=_("Trained on orders before"), widget=AdminDateWidget)

    def __init__(self, *args: Any, ends: tuple[datetime, datetime] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ends = ends
        if ends:
            self.fields["fit_until"].initial = cut_of(*ends)

    def clean_fit_until(self) -> date:
        """A day with orders before it and since."""
        day: date = self.cleaned_data["fit_until"]
        if self.ends is None:
            return day
        first, last = (each.astimezone(conf.time_zone).date() for each in self.ends)
        if not first < day <= last:
            said = {"first": first + timedelta(days=1), "last": last}
            raise forms.ValidationError(
                _("Orders are needed before that day and since: from %(first)s to %(last)s."), params=said
            )
        return day


@admin.register(Evaluation)
class EvaluationAdmin(ReadOnlyAdmin):
    """The shop's evaluations, newest first; an evaluation's page is its report."""

    list_display = ("started_shown", "fit_until", "state_shown", "next_shown", "new_shown", "basket_shown")
    list_display_links = ("started_shown",)
    ordering = ("-started_at",)
    list_per_page = 25
    sortable_by = ("fit_until",)
    fields = ("fit_until", "state_shown", "started_at", "finished_at")

    class Media:
        css = {"all": STYLES}
        js = (*SCRIPTS, SCRIPT)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Evaluation]:
        """The shop's own."""
        rows: QuerySet[Evaluation] = super().get_queryset(request)
        return rows.filter(shop=conf.shop)

    def get_urls(self) -> list[Any]:
        """With the form that starts one."""
        pages = (("evaluate/", self.evaluate, "evaluate"), ("progress/", self.progress, "progress"))
        own = [
            path(address, self.admin_site.admin_view(view), name=f"regulars_personalization_evaluation_{name}")
            for address, view, name in pages
        ]
        return [*own, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """With the way to the form."""
        extra = {
            "title": gettext("Evaluations"),
            "doing": doing(request, Evaluation),
            "progress_url": page("evaluation_progress"),
            "evaluate_url": page("evaluation_evaluate") if request.user.has_perm(TRAIN) else "",
            "ways": ways(request, "evaluation_changelist"),
        }
        return super().changelist_view(request, {**extra, **(extra_context or {})})

    def progress(self, request: HttpRequest) -> HttpResponse:
        """How far the latest evaluation is."""
        self._demand(request)
        return progress_view(request, Evaluation)

    def evaluate(self, request: HttpRequest) -> HttpResponse:
        """The form; a valid one starts an evaluation."""
        self._demand(request, TRAIN)
        failure = ""
        ends = None
        try:
            ends = span()
        except RegularsError as error:
            failure = gettext("The shop cannot be asked: %(problem)s") % {"problem": error}
        form = EvaluateForm(request.POST or None, ends=ends)
        if request.method == "POST" and form.is_valid():
            return HttpResponseRedirect(_begin(request, form.cleaned_data["fit_until"]))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": gettext("Evaluate"),
            "media": self.media + form.media,
            "form": form,
            "failure": failure,
            "ends": [localtime(each) for each in ends] if ends else None,
        }
        return TemplateResponse(request, f"{TEMPLATES}/evaluate.html", context)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> HttpResponse:
        """The report."""
        evaluation = kwargs["obj"]
        report = evaluation.report
        made = sections(report)
        figures = [(_("People"), "people"), (_("Products"), "products"), (_("Lines of orders"), "lines")]
        extra = {
            "title": gettext("Trained on orders before %(day)s") % {"day": formats.date_format(evaluation.fit_until)},
            "subtitle": None,
            "facts": [Fact(str(label), count(report, name)) for label, name in figures],
            "sections": made,
            "tables": [settings_table(report), tried_table(report)] if made else [],
            "ways": ways(request),
        }
        return super().render_change_form(request, context | extra, *args, **kwargs)

    def _demand(self, request: HttpRequest, permission: str = "") -> None:
        if not self.has_view_permission(request) or (permission and not request.user.has_perm(permission)):
            raise PermissionDenied

    @admin.display(description=_("started"), ordering="started_at")
    def started_shown(self, evaluation: Evaluation) -> datetime:
        """Leads to the report."""
        return evaluation.started_at

    @admin.display(description=_("state"))
    def state_shown(self, evaluation: Evaluation) -> str:
        """With how far it is."""
        label = evaluation.get_state_display()
        if evaluation.state != State.RUNNING:
            return label
        return gettext("%(state)s: %(percent)s%% done") % {"state": label, "percent": evaluation.progress}

    @admin.display(description=_("next order"))
    def next_shown(self, evaluation: Evaluation) -> str:
        """NDCG@10."""
        return score_text(number(evaluation.report, "tasks", "next", NDCG))

    @admin.display(description=_("something new"))
    def new_shown(self, evaluation: Evaluation) -> str:
        """NDCG@10."""
        return score_text(number(evaluation.report, "tasks", "new", NDCG))

    @admin.display(description=_("basket"))
    def basket_shown(self, evaluation: Evaluation) -> str:
        """NDCG@10."""
        return score_text(number(evaluation.report, "tasks", "basket", NDCG))


def _begin(request: HttpRequest, day: date) -> str:
    """Start one; the address to go to: its report, where it ran at once."""
    before = doing(request, Evaluation)
    if before.waits:
        messages.warning(request, gettext("An evaluation is under way already."))
    elif start(request, tasks.evaluate, day.isoformat()):
        latest = Evaluation.objects.filter(shop=conf.shop).defer("report").order_by("-pk").first()
        if latest is not None and not before.mark.startswith(f"{latest.pk}:"):
            return page("evaluation_change", latest.pk)
        wait_for(request, Evaluation, before.mark)
        messages.info(request, gettext("A worker evaluates; this page shows how far it is."))
    return page("evaluation_changelist")
