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
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from personalization.admin.codes import WordList, countries, languages, named
from personalization.admin.person_field import PersonField
from personalization.conf import conf
from personalization.content.at_hand import AtHand, at_hand
from personalization.content.drafts import PRODUCT_ID
from personalization.content.loading import slot_snapshot, variant_snapshot
from personalization.content.names import DEVICES, KINDS
from personalization.content.rendering import render
from personalization.content.snapshot import SlotSnapshot
from personalization.content.verdicts import Verdict, verdicts
from personalization.models import Slot, Variant
from personalization.visitor.audience import PlainAudience, VisitorKind
from personalization.visitor.clock import local_time
from personalization.visitor.currency import suggest_currency
from personalization.visitor.device import Device, DeviceKind
from personalization.visitor.holidays import holidays_around
from personalization.visitor.location import Confidence, Location, Source
from personalization.visitor.season import season_of
from personalization.visitor.viewed import latest
from segmentation.errors import RegularsError
from segmentation.membership.read import slugs_of
from segmentation.models import Profile, Segment
from segmentation.sources import active_source

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

    def audience(self, now: datetime) -> PlainAudience:
        """Whoever looks, as the valid form says."""
        said = self.cleaned_data
        person: Profile | None = said["person"]
        source, confidence = (Source.CHOICE, Confidence.HIGH) if said["country"] else (Source.DEFAULT, Confidence.NONE)
        place = Location(said["country"], said["region"].upper(), said["city"], source=source, confidence=confidence)
        local = local_time(place, now)
        language = said["language"] or conf.base_language
        theirs = slugs_of(person.key) if person else frozenset()
        return PlainAudience(
            location=place,
            season=season_of(place.country, local.date()),
            local_time=local,
            device=Device(DeviceKind(said["device"] or DeviceKind.DESKTOP)),
            segments=theirs | {segment.slug for segment in said["segments"]},
            kind=VisitorKind(said["kind"] or VisitorKind.NEW),
            holidays=holidays_around(place.country, place.region.removeprefix(f"{place.country}-"), local.date(), language),
            language=language,
            currency=suggest_currency(place.country, conf.currencies, local.date()),
            first_name=_first_name(person) if person else "",
            viewed=latest(said["viewed"]),
            consent=person.profiling if person else None,
            key=person.key if person else "",
        )


def _first_name(person: Profile) -> str:
    """As the shop has it; "" where it does not say."""
    customers = active_source().relations["customers"]
    if not person.customer_id or "first_name" not in customers.columns:
        return ""
    rows = [row for chunk in customers.read(["first_name"], where={"customer_id": [person.customer_id]}) for row in chunk]
    return str(rows[0][0] or "") if rows else ""


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
        **(_shown(slot, form) if form.is_valid() else {}),
    }
    return TemplateResponse(request, "admin/regulars_personalization/slot/preview.html", context)


def _shown(slot: Slot, form: PreviewForm) -> Mapping[str, Any]:
    now = form.cleaned_data["moment"] or timezone.now()
    try:
        audience = form.audience(now)
    except RegularsError as error:
        return {"failure": gettext("The shop cannot be asked: %(problem)s") % {"problem": error}}
    names = dict(Segment.objects.filter(shop=slot.shop).values_list("slug", "name"))
    snapshot = _snapshot(slot, with_drafts=form.cleaned_data["drafts"])
    found = verdicts(snapshot, audience, now, names)
    chosen = next((each for each in found if each.is_chosen), None)
    return {"verdicts": found, "chosen": chosen, **(_rendered(snapshot, chosen, audience, form.at_hand(now)) if chosen else {})}


def _rendered(slot: SlotSnapshot, chosen: Verdict, audience: PlainAudience, at: AtHand) -> Mapping[str, Any]:
    try:
        with translation.override(audience.language):
            # Visitors share a page in mode "variant", so it speaks to none of them.
            seen_by = None if slot.mode == Slot.Mode.VARIANT else audience
            html = render(slot, chosen.variant, seen_by, audience.language, at)
            return {"html": html} if html else {"failure": gettext("Nothing is recommended to them, and nothing else is there.")}
    except Exception as error:  # a preview tells what a page would only log
        return {"failure": gettext("It cannot be shown: %(problem)s") % {"problem": error}}


def _snapshot(slot: Slot, *, with_drafts: bool) -> SlotSnapshot:
    states = [Variant.State.LIVE, *([Variant.State.DRAFT] if with_drafts else [])]
    rows = slot.variants.filter(state__in=states).prefetch_related("asked__segment")
    return slot_snapshot(
        slot, [variant_snapshot(row, [(each.ask, each.segment.slug) for each in row.asked.all()]) for row in rows]
    )
