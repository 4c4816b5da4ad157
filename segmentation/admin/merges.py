"""Undoing a merge, after a look at what it was."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from segmentation.admin.links import page
from segmentation.admin.read_only import ReadOnlyAdmin
from segmentation.conf import conf
from segmentation.models import ProfileMerge
from segmentation.profiles.merging import undo

CHANGE_PROFILE = "regulars_segmentation.change_profile"
"""Who has this permission may undo merges."""


def may_undo(request: HttpRequest) -> bool:
    """Whether this reader may undo merges."""
    return request.user.has_perm(CHANGE_PROFILE)


def undo_view(profiles: ReadOnlyAdmin, request: HttpRequest, merge_id: int) -> HttpResponse:
    """GET asks, POST undoes; twice is once."""
    if not profiles.has_view_permission(request) or not may_undo(request):
        raise PermissionDenied
    standing = ProfileMerge.objects.select_related("source", "target").filter(source__shop=conf.shop)
    merge = get_object_or_404(standing, pk=merge_id)
    back = page("profile_change", merge.source_id)
    if request.method == "POST":
        undo(merge, now=timezone.now(), by=request.user)
        said = _("%(source)s and %(target)s are two again.") % {"source": merge.source, "target": merge.target}
        profiles.log_change(request, merge.source, [said])
        messages.success(request, said)
        return HttpResponseRedirect(back)
    context: dict[str, Any] = {
        **profiles.admin_site.each_context(request),
        "opts": profiles.opts,
        "title": _("Undo a merge"),
        "media": profiles.media,
        "merge": merge,
        "back_url": back,
    }
    return TemplateResponse(request, "admin/regulars_segmentation/profile/undo_merge.html", context)
