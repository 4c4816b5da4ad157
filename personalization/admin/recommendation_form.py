"""The form that asks what somebody is recommended."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.utils.translation import gettext_lazy as _

from personalization.admin.codes import countries
from personalization.admin.person_field import PersonField
from personalization.admin.preview import NOT_SAID
from personalization.admin.product_field import ProductsField
from personalization.conf import conf
from personalization.recommend.serving.preview import Situation
from personalization.recommend.serving.serve import MOST
from personalization.recommend.strategies.registry import STRATEGIES
from segmentation.models import Segment

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
    def situation(self) -> Situation:
        """As the valid form says."""
        said = self.cleaned_data
        segment: Segment | None = said["segment"]
        named = {name: said[name] for name in ("person", "products", "basket", "query", "country", "missing")}
        return Situation(**named, segment=segment.slug if segment else "")
