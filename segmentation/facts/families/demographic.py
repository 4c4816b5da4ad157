"""Who they are."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Mapping
from datetime import date, datetime

import numpy as np
from django.utils.translation import gettext_lazy as _

from segmentation.facts.custom import computed_fact
from segmentation.facts.days import Days, from_days
from segmentation.facts.family import Family, FamilyWords, Words
from segmentation.kernel.columns import Column
from segmentation.kernel.moments import Calendar
from segmentation.rules.values import Kind

WORDS = FamilyWords(
    Family.DEMOGRAPHIC,
    _("Demographic"),
    _("Who customers are."),
    {
        "customer.customer_id": Words(_("customer id")),
        "customer.email": Words(_("e-mail")),
        "customer.first_name": Words(_("first name")),
        "customer.birth_date": Words(_("birth date"), _("The day of birth, as the customer gave it.")),
        "customer.gender": Words(_("gender"), _("As the customer gave it.")),
        "customer.language": Words(_("language"), _("The language that the customer reads the shop in.")),
        "events.language": Words(_("language"), _("The language that the page was in.")),
    },
)


@computed_fact(
    "customer.age",
    kind=Kind.NUMBER,
    inputs=["customer.birth_date"],
    label=_("age"),
    help=_("Whole years since the birth date, today in the shop's time zone."),
    family=Family.DEMOGRAPHIC,
)
def age(columns: Mapping[str, Column], now: datetime, calendar: Calendar) -> Column:
    """Whole years; who was born on 29 February is a year older on the 28th in common years."""
    today = calendar.today(now)
    return from_days(columns["customer.birth_date"], calendar, lambda born: _years(born, today))


def _years(born: Days, today: date) -> Days:
    dates = born.astype("datetime64[D]")
    months = dates.astype("datetime64[M]")
    month_days = (months.astype(np.int64) % 12 + 1) * 100 + (dates - months).astype(np.int64) + 1
    if not isleap(today.year):
        month_days[month_days == 229] = 228
    born_in = dates.astype("datetime64[Y]").astype(np.int64) + 1970
    years: Days = today.year - born_in - (month_days > today.month * 100 + today.day)
    return years
