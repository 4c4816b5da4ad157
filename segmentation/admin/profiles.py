"""People as segments know them: which segments they are in, why, and whom the owner put in or kept out."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet, Value
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from segmentation.admin.figures import NOT_KNOWN
from segmentation.admin.links import page
from segmentation.admin.merges import may_undo, undo_view
from segmentation.admin.offers import offered
from segmentation.admin.person import person_tables
from segmentation.admin.person_story import story_tables
from segmentation.admin.read_only import ReadOnlyAdmin
from segmentation.admin.why import why_view
from segmentation.conf import conf
from segmentation.errors import RegularsError
from segmentation.membership.read import person_called
from segmentation.models import Profile
from segmentation.profiles.masks import VIEW_EMAIL, masked

UNDO_MERGE = "regulars_segmentation_profile_undo_merge"


@admin.register(Profile)
class ProfileAdmin(ReadOnlyAdmin):
    """Profiles, found by key, customer id or e-mail."""

    list_display = ("key", "kind", "customer_id", "created_at", "seen_at", "gone_at")
    list_filter = ("kind", ("gone_at", admin.EmptyFieldListFilter), ("merged_into", admin.EmptyFieldListFilter))
    search_fields = ("key",)
    search_help_text = _("A key, the beginning of a customer id, or a whole e-mail")
    ordering = ("-pk",)
    fields = ("key", "kind", "customer_id", "email_shown", "profiling", "created_at", "seen_at", "gone_at")

    class Media:
        css = {"all": ["regulars_segmentation/admin.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Profile]:
        """The shop's own; with whether this reader may see e-mails."""
        rows: QuerySet[Any] = super().get_queryset(request).filter(shop=conf.shop)
        shown: QuerySet[Profile] = rows.annotate(is_email_open=Value(request.user.has_perm(VIEW_EMAIL)))
        return shown

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Profile], search_term: str
    ) -> tuple[QuerySet[Profile], bool]:
        """Whom the words name: a search inside keys would read them all."""
        term = search_term.strip()
        if not term:
            return queryset, False
        return queryset.filter(Q(pk=_named(term)) | Q(customer_id__startswith=term)), False

    def get_urls(self) -> list[Any]:
        """With the page that explains a membership."""
        address = "<int:profile_id>/why/<int:segment_id>/"
        name = "regulars_segmentation_profile_why"
        why: URLPattern = path(address, self.admin_site.admin_view(self.why), name=name)
        undo = path("merges/<int:merge_id>/undo/", self.admin_site.admin_view(self.undo_merge), name=UNDO_MERGE)
        return [why, undo, *super().get_urls()]

    def why(self, request: HttpRequest, profile_id: int, segment_id: int) -> HttpResponse:
        """Why this person is in this segment or not."""
        return why_view(self, request, profile_id, segment_id)

    def undo_merge(self, request: HttpRequest, merge_id: int) -> HttpResponse:
        """Two who were found to be one are two again."""
        return undo_view(self, request, merge_id)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> HttpResponse:
        """With the person's segments, the owner's word on them, the journal, and who they are, agreed to and did."""
        profile = kwargs["obj"]
        journal = page("journalentry_changelist", profile__id__exact=profile.pk)
        tables = [*person_tables(profile), *story_tables(profile, may_undo=may_undo(request))]
        extra = {"tables": tables, "journal_url": journal, "tools": offered(request, profile)}
        return super().render_change_form(request, context | extra, *args, **kwargs)

    @admin.display(description=_("e-mail"))
    def email_shown(self, profile: Any) -> str:
        """Of guests; masked unless the reader has the permission."""
        email: str = profile.email
        return (email if profile.is_email_open else masked(email)) or NOT_KNOWN


def _named(term: str) -> int | None:
    """Whom the words name; nobody where the shop, which is asked for accounts' e-mails, cannot answer."""
    try:
        return person_called(term).pk
    except RegularsError:
        return None
