"""The page that explains a membership, and where an owner may overrule the rule."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import AdminRadioSelect, AdminTextInputWidget
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.defaultfilters import date
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from segmentation import membership
from segmentation.admin.figures import NOT_KNOWN
from segmentation.admin.links import page
from segmentation.admin.person import word_text
from segmentation.admin.read_only import ReadOnlyAdmin
from segmentation.admin.restricted import HIDDEN, may_see
from segmentation.admin.tables import Table
from segmentation.conf import conf
from segmentation.errors import RegularsError
from segmentation.membership import NOT_ASKED, Explanation, LeafExplanation
from segmentation.membership.override import may_be_said
from segmentation.membership.restricted import restricted_conditions
from segmentation.membership.words import Word, history_text
from segmentation.models import Override, Profile, Segment

CHANGE = "regulars_segmentation.change_override"
"""Who has this permission may overrule the rule."""

TRUTHS = {
    "true": pgettext_lazy("truth", "true"),
    "false": pgettext_lazy("truth", "false"),
    "unknown": pgettext_lazy("truth", "unknown"),
}


class WordForm(forms.Form):
    """What an owner says of one person in one segment."""

    word = forms.ChoiceField(label=_("Membership"), choices=Word, widget=AdminRadioSelect)
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False, widget=AdminTextInputWidget)


def why_view(profiles: ReadOnlyAdmin, request: HttpRequest, profile_id: int, segment_id: int) -> HttpResponse:
    """GET explains; POST says, or takes back, the owner's word, and explains again."""
    if not profiles.has_view_permission(request):
        raise PermissionDenied
    profile = profiles.get_object(request, str(profile_id))
    if profile is None:
        raise Http404
    segment = get_object_or_404(Segment, pk=segment_id, shop=conf.shop)
    said = Override.objects.filter(segment=segment, profile=profile).select_related("by").first()
    form = WordForm(request.POST or None, initial=_initial(said))
    may_say = request.user.has_perm(CHANGE) and may_be_said(segment, profile)
    if request.method == "POST":
        if not may_say:
            raise PermissionDenied
        if form.is_valid():
            if _say(request, segment, profile, form.cleaned_data):
                told = history_text(segment, Word(form.cleaned_data["word"]), form.cleaned_data["reason"])
                profiles.log_change(request, profile, told)
            return redirect(request.path)
    context = {
        **profiles.admin_site.each_context(request),
        "opts": profiles.opts,
        "title": gettext("Why in or not in “%(segment)s”?") % {"segment": segment.name},
        "profile": profile,
        "segment": segment,
        "profile_url": page("profile_change", profile.pk),
        "segment_url": page("segment_change", segment.pk),
        "said": _said(said) if said else "",
        "form": form if may_say else None,
        "media": profiles.media + form.media,
        **_explained(segment, profile, may_see(request)),
    }
    return TemplateResponse(request, "admin/regulars_segmentation/profile/why.html", context)


def _initial(said: Override | None) -> dict[str, str]:
    if said is None:
        return {"word": Word.RULE}
    return {"word": Word.INCLUDE if said.included else Word.EXCLUDE, "reason": said.reason}


def _say(request: HttpRequest, segment: Segment, profile: Profile, words: dict[str, str]) -> bool:
    """Whether it was said: where the shop cannot be asked who follows from it, the word that stood stands."""
    now = timezone.now()
    try:
        if words["word"] == Word.RULE:
            membership.withdraw(segment, profile, now=now)
        else:
            included = words["word"] == Word.INCLUDE
            membership.override(segment, profile, included=included, by=request.user, reason=words["reason"], now=now)
    except RegularsError as error:
        messages.error(request, gettext("The shop cannot be asked: %(problem)s") % {"problem": error})
        return False
    messages.success(request, gettext("It is noted."))
    return True


def _said(said: Override) -> str:
    words = {
        "word": word_text(said),
        "by": said.by or gettext("somebody"),
        "at": date(localtime(said.at), "DATETIME_FORMAT"),
        "reason": said.reason or "-",
    }
    return gettext("Today: %(word)s. Said by %(by)s on %(at)s; reason: %(reason)s") % words


def _explained(segment: Segment, profile: Profile, may_see_restricted: bool) -> dict[str, Any]:
    try:
        explanation = membership.explain(segment, profile, now=timezone.now())
        hidden = frozenset() if may_see_restricted else restricted_conditions(segment)
    except RegularsError as error:
        return {"failure": str(error)}
    return {"answer": _answer(explanation), "table": _table(explanation, hidden)}


def _answer(explanation: Explanation) -> list[str]:
    """Today's answer, what the rule says, and where it differs from what is stored."""
    since = explanation.since
    stored = gettext("Member since %(at)s") % {"at": date(localtime(since), "DATETIME_FORMAT")} if since else gettext("No member")
    lines = [
        gettext("In") if explanation.member else gettext("Not in"),
        gettext("Asked now, the rule says: %(truth)s") % {"truth": TRUTHS[explanation.truth]},
        gettext("Stored: %(stored)s") % {"stored": stored},
    ]
    is_behind = explanation.member is not (since is not None)
    return [*lines, gettext("The next refresh brings the stored membership in step.")] if is_behind else lines


def _table(explanation: Explanation, hidden: Collection[str]) -> Table:
    """`hidden` are the paths of conditions whose value the reader may not see."""
    headings = (gettext("Condition"), gettext("Truth"), gettext("Value"), gettext("Limit"), gettext("Evidence"))
    rows = [
        (leaf.sentence, _truth(leaf), _value(leaf, hidden), leaf.limit or NOT_KNOWN, _evidence(leaf))
        for leaf in explanation.leaves
    ]
    return Table("conditions", gettext("Conditions"), headings, rows)


def _truth(leaf: LeafExplanation) -> str | Promise:
    """With what keeps a member in who has lost her place."""
    if not leaf.kept:
        return TRUTHS[leaf.truth]
    return pgettext("truth", "%(truth)s: %(kept)s") % {"truth": TRUTHS[leaf.truth], "kept": leaf.kept}


def _value(leaf: LeafExplanation, hidden: Collection[str]) -> str | Promise:
    if not leaf.asked:
        return NOT_ASKED
    return HIDDEN if leaf.path in hidden else leaf.value or NOT_KNOWN


def _evidence(leaf: LeafExplanation) -> str:
    """The keys of the rows, and how many more there are."""
    keys = ", ".join(leaf.named)
    more = leaf.rows - len(leaf.named)
    if more <= 0 or not keys:
        return keys or NOT_KNOWN
    return ngettext("%(keys)s and %(more)d more", "%(keys)s and %(more)d more", more) % {"keys": keys, "more": more}
