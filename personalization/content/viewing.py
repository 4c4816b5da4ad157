"""A slot as somebody sees it, for whoever writes it: a customer, or anybody in a segment, place, language and moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from personalization.conf import conf
from personalization.content.at_hand import AtHand
from personalization.content.loading import slot_snapshot, variant_snapshot
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
from segmentation.membership.read import slugs_of
from segmentation.models import Profile, Segment
from segmentation.sources import active_source


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """Who looks. A customer brings her segments and, unless it is not told, her name; all else is as chosen, "" as usual."""

    person: Profile | None = None
    tells_name: bool = True
    segments: frozenset[str] = frozenset()
    kind: str = ""
    country: str = ""
    region: str = ""
    city: str = ""
    device: str = ""
    language: str = ""
    viewed: Sequence[str] = ()

    def audience(self, now: datetime) -> PlainAudience:
        """As content sees them. Raises RegularsError where the shop cannot be asked."""
        source, confidence = (Source.CHOICE, Confidence.HIGH) if self.country else (Source.DEFAULT, Confidence.NONE)
        place = Location(self.country, self.region.upper(), self.city, source=source, confidence=confidence)
        local = local_time(place, now)
        language = self.language or conf.base_language
        person = self.person
        return PlainAudience(
            location=place,
            season=season_of(place.country, local.date()),
            local_time=local,
            device=Device(DeviceKind(self.device or DeviceKind.DESKTOP)),
            segments=self.segments | (slugs_of(person.key) if person else frozenset()),
            kind=VisitorKind(self.kind or VisitorKind.NEW),
            holidays=holidays_around(place.country, place.region.removeprefix(f"{place.country}-"), local.date(), language),
            language=language,
            currency=suggest_currency(place.country, conf.currencies, local.date()),
            first_name=_first_name(person) if person and self.tells_name else "",
            viewed=latest(self.viewed),
            consent=person.profiling if person else None,
            key=person.key if person else "",
        )


@dataclass(frozen=True, slots=True)
class View:
    """What became of each variant, in the order in which they are asked; the one that is shown as HTML, or why it cannot be."""

    verdicts: Sequence[Verdict] = ()
    html: str = ""
    failure: str = ""

    @property
    def chosen(self) -> Verdict | None:
        """None where nothing is shown."""
        return next((each for each in self.verdicts if each.is_chosen), None)


def view(slot: Slot, audience: PlainAudience, at: AtHand, *, with_drafts: bool = False) -> View:
    """The slot as this audience sees it at `at.now`; at most five queries. Raises nothing of what owners wrote."""
    names = dict(Segment.objects.filter(shop=slot.shop).values_list("slug", "name"))
    snapshot = _snapshot(slot, with_drafts=with_drafts)
    found = View(verdicts(snapshot, audience, at.now, names))
    if found.chosen is None:
        return found
    try:
        with translation.override(audience.language):
            # Visitors share a page in mode "variant", so it speaks to none of them.
            seen_by = None if slot.mode == Slot.Mode.VARIANT else audience
            html = render(snapshot, found.chosen.variant, seen_by, audience.language, at)
    except Exception as error:  # a preview tells what a page would only log
        return View(found.verdicts, failure=_("It cannot be shown: %(problem)s") % {"problem": error})
    return View(found.verdicts, html, "" if html else _("Nothing is recommended to them, and nothing else is there."))


def seen_as(slot: Slot) -> str:
    """What the history of a person says whenever somebody of the staff looked at the slot as them."""
    return _("The slot “%(slot)s” was previewed as this person.") % {"slot": slot.name}


def _first_name(person: Profile) -> str:
    """As the shop has it; "" where it does not say."""
    customers = active_source().relations["customers"]
    if not person.customer_id or "first_name" not in customers.columns:
        return ""
    rows = [row for chunk in customers.read(["first_name"], where={"customer_id": [person.customer_id]}) for row in chunk]
    return str(rows[0][0] or "") if rows else ""


def _snapshot(slot: Slot, *, with_drafts: bool) -> SlotSnapshot:
    states = [Variant.State.LIVE, *([Variant.State.DRAFT] if with_drafts else [])]
    rows = slot.variants.filter(state__in=states).prefetch_related("asked__segment")
    return slot_snapshot(
        slot, [variant_snapshot(row, [(each.ask, each.segment.slug) for each in row.asked.all()]) for row in rows]
    )
