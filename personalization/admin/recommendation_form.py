"""The form that asks what somebody is recommended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.utils.translation import gettext_lazy as _

from personalization.admin.codes import countries
from personalization.admin.person_field import PersonField
from personalization.admin.preview import NOT_SAID
from personalization.admin.product_field import ProductsField
from personalization.conf import conf
from personalization.recommend.serving.serve import MOST
from personalization.recommend.strategies.asked import Asked
from personalization.recommend.strategies.registry import STRATEGIES
from personalization.visitor.countries import country_of
from personalization.visitor.history import last_viewed
from segmentation.membership.read import slugs_of
from segmentation.models import Profile, Segment
from segmentation.sources import active_source

SHOWN = 8


def strategies() -> list[tuple[str, Any]]:
    """By name."""
    return [(slug, strategy.name) for slug, strategy in STRATEGIES.items()]


class RecommendationForm(forms.Form):
    """Which strategy, for whom, where. A customer brings what is known of her; whatever else is said comes on top."""

    strategy = forms.ChoiceField(label=_("Strategy"), choices=strategies)
    person = PersonField(max_length=320)
    products = ProductsField(
        label=_("On the page of"), required=False, help_text=_("Products by id or words of the title, with commas between them.")
    )
    basket = ProductsField(label=_("In the basket"), required=False, help_text=_("Products, likewise."))
    query = forms.CharField(label=_("Search words"), required=False, max_length=200, widget=AdminTextInputWidget)
    segment = forms.ModelChoiceField(Segment.objects.none(), label=_("Segment"), required=False, to_field_name="slug")
    country = forms.ChoiceField(label=_("Country"), choices=lambda: [*NOT_SAID, *countries()], required=False)
    missing = forms.DecimalField(
        label=_("Missing for free delivery"), required=False, min_value=0, max_digits=14, decimal_places=2
    )
    limit = forms.IntegerField(label=_("How many"), required=False, min_value=1, max_value=MOST, initial=SHOWN)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = Segment.objects.filter(shop=conf.shop, state__in=[Segment.State.LIVE, Segment.State.BROKEN])
        self.fields["segment"].queryset = choices.order_by("name")  # type: ignore[attr-defined]

    @property
    def refuses(self) -> bool:
        """Whether the customer may not be followed, so that nothing of her history is read."""
        person: Profile | None = self.cleaned_data["person"]
        return person is not None and (person.profiling is False or (conf.asks_consent and not person.profiling))

    def asked(self, now: datetime) -> Asked:
        """What a page would ask for her. Raises RegularsError where the shop cannot be asked."""
        said = self.cleaned_data
        person: Profile | None = said["person"]
        followed = None if self.refuses else person
        chosen = {said["segment"].slug} if said["segment"] else set()
        return Asked(
            now=now,
            person=followed.key if followed else "",
            segments=(slugs_of(followed.key) if followed else frozenset()) | chosen,
            viewed=last_viewed(followed.customer_id, followed.visitor_id) if followed else (),
            country=said["country"] or _country(person),
            products=said["products"],
            basket=said["basket"],
            wishes=_wishes(person),
            query=said["query"],
            missing=said["missing"],
        )


def _country(person: Profile | None) -> str:
    return country_of(next(_of("customers", "customer_id", "country", person), None))


def _wishes(person: Profile | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(str, _of("wishlist_items", "customer", "product_id", person))))


def _of(name: str, whose: str, column: str, person: Profile | None) -> Iterator[Any]:
    """A column of the shop's rows about the account; nothing where there is none."""
    relation = active_source().relations.get(name)
    if person is None or not person.customer_id or relation is None or column not in relation.columns:
        return iter(())
    return (value for chunk in relation.read([column], where={whose: [person.customer_id]}) for (value,) in chunk)
