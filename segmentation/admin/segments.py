"""Segments: what each asks, how it is answered, and the form that changes it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import Count, F, QuerySet, Subquery
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from segmentation.admin.choices import choices_view
from segmentation.admin.definitions import sentence_of, written
from segmentation.admin.deleting import Summary, summary
from segmentation.admin.figures import NOT_KNOWN, count_text, share_text
from segmentation.admin.links import Tool, page
from segmentation.admin.offers import offered
from segmentation.admin.presets import presets_view
from segmentation.admin.previewing import preview_box
from segmentation.admin.refreshing import refresh_on_commit
from segmentation.admin.restricted import may_see
from segmentation.admin.segment_form import SegmentForm
from segmentation.admin.uses import uses_table
from segmentation.admin.versions import versions_table
from segmentation.admin.vocabulary import facts_table
from segmentation.conf import conf
from segmentation.membership.define import change as change_segment
from segmentation.membership.references import hold_still
from segmentation.membership.status import share_of
from segmentation.models import Profile, Segment

ANSWER = ("sentence_shown", "state_shown", "size_shown", "share_shown", "refreshed_at", "version")
"""What a segment's page shows of how it is answered."""

PREVIEW = "_preview"
"""Name of the button that asks without saving."""


@admin.register(Segment)
class SegmentAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """The shop's segments. Saving stores a sound rule as a version and answers a live segment at once."""

    form = SegmentForm
    list_display = ("name", "slug", "state_shown", "size_shown", "share_shown", "refreshed_at", "version")
    list_filter = ("state",)
    search_fields = ("name", "slug")
    show_full_result_count = False
    ordering = ("name",)
    actions = ("refresh_selected",)
    prepopulated_fields = {"slug": ("name",)}
    readonly_fields = ANSWER

    class Media:
        css = {"all": ["regulars_segmentation/admin.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Segment]:
        """The shop's own; with the number of people, for shares, and the state as it is stored, whatever a form says."""
        people = Profile.objects.people(conf.shop).order_by().values("shop").annotate(people=Count("pk"))
        rows: QuerySet[Any] = super().get_queryset(request).filter(shop=conf.shop)
        shown: QuerySet[Segment] = rows.annotate(people=Subquery(people.values("people")), stored_state=F("state"))
        return shown

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """A segment that is being made has no answer yet; who may not choose the state reads it in the answer."""
        seen = ("seen",) if obj and self.has_change_permission(request, obj) else ()
        chosen = ("state",) if self.has_change_permission(request, obj) or not obj else ()
        asked = [
            (None, {"fields": ("name", "slug", "description", *chosen, "is_published", *seen)}),
            (_("Who is in"), {"fields": ("rule_text",)}),
        ]
        return [*asked, (_("Answer"), {"fields": ANSWER})] if obj else asked

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> type[ModelForm[Any]]:
        """The form of this request; a preview's is never saved."""
        form = super().get_form(request, obj, change, **kwargs)
        form.previewing = PREVIEW in request.POST  # type: ignore[attr-defined]  # a fresh class for each request
        return form

    def get_urls(self) -> list[Any]:
        """With the page that lists the values of a fact, and that of ready-made segments."""
        pages = (("facts/<str:name>/choices/", self.choices, "choices"), ("presets/", self.presets, "presets"))
        own: list[URLPattern] = [
            path(address, self.admin_site.admin_view(view), name=f"regulars_segmentation_segment_{name}")
            for address, view, name in pages
        ]
        return [*own, *super().get_urls()]

    def choices(self, request: HttpRequest, name: str) -> HttpResponse:
        """What a fact holds in the shop's data."""
        return choices_view(self, request, name)

    def presets(self, request: HttpRequest) -> HttpResponse:
        """Ready-made segments to add."""
        return presets_view(self, request)

    def save_model(self, request: HttpRequest, obj: Segment, form: Any, change: bool) -> None:
        """Store the rule as the definition; a live segment is answered once that is committed."""
        change_segment(obj, form.cleaned_data["rule"], by=request.user, now=timezone.now())
        if obj.state == Segment.State.LIVE:
            refresh_on_commit(request, [obj.slug])

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> HttpResponse:
        """With what surrounds the form: the preview, the facts to ask about, the versions."""
        form, segment = context["adminform"].form, kwargs.get("obj")
        rule = form.cleaned_data.get("rule") if form.is_bound and form.previewing else None
        tables = [facts_table(may_see(request))] if self.has_change_permission(request, segment) else []
        extra = {
            "preview": preview_box(rule, segment.slug if segment else "", may_see_restricted=may_see(request)) if rule else None,
            "unreadable": form.stored.problems,
            "note": segment.problem if segment and segment.stored_state == Segment.State.LIVE else "",
            "is_broken": segment is not None and segment.stored_state == Segment.State.BROKEN,
            "tables": [*tables, uses_table(segment), versions_table(segment)] if segment else tables,
            "tools": [*_tools(segment), *offered(request, segment)] if segment else [],
        }
        return super().render_change_form(request, context | extra, *args, **kwargs)

    def get_deleted_objects(self, objs: Sequence[Segment] | QuerySet[Segment], request: HttpRequest) -> Summary:
        """What goes with them, counted: a list of all members would be as long as the shop is large.

        Once the owner has confirmed, nobody may come to refer to them until they are gone.
        """
        if request.method == "POST":
            hold_still(conf.shop)
        return summary(list(objs))

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """In one transaction, as Django has it for a single segment: what is deleted is judged before."""
        with transaction.atomic():
            return super().changelist_view(request, extra_context)

    @admin.action(description=_("Refresh selected segments"), permissions=["change"])
    def refresh_selected(self, request: HttpRequest, segments: QuerySet[Segment]) -> None:
        """Answer the live ones of the chosen again; drafts and archived ones have no answer."""
        chosen = set(segments.values_list("slug", flat=True))
        slugs = sorted(Segment.objects.evaluated(conf.shop).filter(slug__in=chosen).values_list("slug", flat=True))
        if len(slugs) < len(chosen):
            messages.warning(request, gettext("Drafts and archived segments have no members, so they are not refreshed."))
        if slugs:
            refresh_on_commit(request, slugs)

    @admin.display(description=_("definition"))
    def rule_text(self, segment: Segment) -> str:
        """For those who may look and not change; the form's field has the same name."""
        return written(segment.definition).text

    @admin.display(description=_("state"), ordering="state")
    def state_shown(self, segment: Any) -> str:
        """The stored state; broken plainly so."""
        label = str(Segment.State(segment.stored_state).label)
        if segment.stored_state != Segment.State.BROKEN:
            return label
        return format_html(
            '<strong class="regulars-broken"><img src="{}" alt=""> {}</strong>', static("admin/img/icon-alert.svg"), label
        )

    @admin.display(description=_("size"), ordering="size")
    def size_shown(self, segment: Segment) -> str:
        """Members, users and guests."""
        return NOT_KNOWN if segment.size is None else count_text(segment.size)

    @admin.display(description=_("share"), ordering="size")
    def share_shown(self, segment: Any) -> str:
        """Of the shop's people."""
        share = share_of(segment.size, segment.people or 0)
        return NOT_KNOWN if share is None else share_text(share)

    @admin.display(description=_("in words"))
    def sentence_shown(self, segment: Segment) -> str:
        """The stored rule as a sentence."""
        return sentence_of(segment.definition) or NOT_KNOWN


def _tools(segment: Segment) -> list[Tool]:
    """Ways to the rows that hang on a segment."""
    chosen = {"segment__id__exact": segment.pk}
    members = gettext("Members") if segment.size is None else gettext("Members (%(size)s)") % {"size": count_text(segment.size)}
    return [
        Tool(members, page("membership_changelist", **chosen)),
        Tool(gettext("Journal"), page("journalentry_changelist", **chosen)),
        Tool(gettext("By hand"), page("override_changelist", **chosen)),
    ]
