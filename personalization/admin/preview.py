"""A slot as somebody sees it: a customer, or anybody in a segment, place, language and moment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime, AdminTextInputWidget
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from personalization.admin.codes import WordList, countries, languages, named
from personalization.admin.person_field import PersonField
from personalization.conf import conf
from personalization.content.at_hand import AtHand, at_hand
from personalization.content.drafts import PRODUCT_ID
from personalization.content.names import DEVICES, KINDS
from personalization.content.viewing import Viewer, seen_as, view
from personalization.models import Slot
from segmentation.errors import RegularsError
from segmentation.models import Segment
from segmentation.profiles.masks import VIEW_EMAIL

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

NOT_SAID = [("", "---------")]


def _products(label: Any, help_text: Any) -> WordList:
    return WordList(PRODUCT_ID, _("These are no ids: %(words)s"), label=label, help_text=help_text)


class PreviewForm(forms.Form):
    """Who looks. A customer brings her segments and her name; all else is as chosen."""

    person = PersonField()
    segments = forms.ModelMultipleChoiceField(Segment.objects.none(), label=_("Segments"), required=False)
    kind = forms.ChoiceField(label=_("Visitor"), choices=named(KINDS), required=False)
    country = forms.ChoiceField(label=_("Country"), choices=lambda: [*NOT_SAID, *countries()], required=False)
    region = forms.CharField(label=_("Region"), required=False, max_length=6, widget=AdminTextInputWidget)
    city = forms.CharField(label=_("City"), required=False, max_length=80, widget=AdminTextInputWidget)
    device = forms.ChoiceField(label=_("Device"), choices=named(DEVICES), required=False)
    language = forms.ChoiceField(label=_("Language"), choices=languages, required=False)
    viewed = _products(_("Products looked at"), _("Their ids, with commas between them, the last in front."))
    product = _products(_("On the page of the product"), _("Its id."))
    basket = _products(_("In the cart"), _("Ids, with commas between them."))
    wishes = _products(_("On the wishlist"), _("Ids, with commas between them."))
    missing = forms.DecimalField(
        label=_("What the cart lacks for free delivery"), required=False, min_value=0, max_digits=12, decimal_places=2
    )
    query = forms.CharField(label=_("Searched for"), required=False, max_length=100, widget=AdminTextInputWidget)
    moment = forms.SplitDateTimeField(label=_("Moment"), required=False, widget=AdminSplitDateTime, help_text=_("Now, if empty."))
    drafts = forms.BooleanField(label=_("As if drafts were live"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = Segment.objects.filter(shop=conf.shop, state__in=[Segment.State.LIVE, Segment.State.BROKEN])
        self.fields["segments"].queryset = choices  # type: ignore[attr-defined]
        # Django labels the two together; each is said by itself to those who hear the page.
        day, hour = self.fields["moment"].widget.widgets
        day.attrs["aria-label"], hour.attrs["aria-label"] = gettext("Date"), gettext("Time")

    def at_hand(self, now: datetime) -> AtHand:
        """What the page has at hand, as the valid form says."""
        said = self.cleaned_data
        return at_hand(now, **{name: said[name] for name in ("product", "basket", "wishes", "missing", "query")})

    def viewer(self, *, tells_name: bool) -> Viewer:
        """Whoever looks, as the valid form says."""
        said = self.cleaned_data
        chosen = {name: said[name] for name in ("person", "kind", "country", "region", "city", "device", "language", "viewed")}
        return Viewer(**chosen, tells_name=tells_name, segments=frozenset(segment.slug for segment in said["segments"]))


def preview_view(slots: ModelAdmin[Any], request: HttpRequest, pk: int) -> HttpResponse:
    """GET with nothing asks who looks; with the form's fields it shows the slot and what became of each variant."""
    if not (slots.has_view_permission(request) and request.user.has_perm("regulars_personalization.preview_slot")):
        raise PermissionDenied
    slot = Slot.objects.filter(pk=pk, shop=conf.shop).first()
    if slot is None:
        raise Http404
    form = PreviewForm(request.GET or None)
    context = {
        **slots.admin_site.each_context(request),
        "opts": slots.opts,
        "title": gettext("Preview of “%(slot)s”") % {"slot": slot.name},
        "slot": slot,
        "form": form,
        "media": slots.media + form.media,
        **(_shown(slots, request, slot, form) if form.is_valid() else {}),
    }
    return TemplateResponse(request, "admin/regulars_personalization/slot/preview.html", context)


def _shown(slots: ModelAdmin[Any], request: HttpRequest, slot: Slot, form: PreviewForm) -> Mapping[str, Any]:
    now = form.cleaned_data["moment"] or timezone.now()
    try:
        audience = form.viewer(tells_name=request.user.has_perm(VIEW_EMAIL)).audience(now)
    except RegularsError as error:
        return {"failure": gettext("The shop cannot be asked: %(problem)s") % {"problem": error}}
    if person := form.cleaned_data["person"]:
        slots.log_change(request, person, seen_as(slot))
    found = view(slot, audience, form.at_hand(now), with_drafts=form.cleaned_data["drafts"])
    return {"verdicts": found.verdicts, "chosen": found.chosen, "html": found.html, "failure": found.failure}
