"""By who somebody is."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from segmentation.presets.parameters import days
from segmentation.presets.preset import Parameter, Preset

_COUNTRY = Parameter("country", None, _("country"), is_text=True)

PRESETS = (
    Preset(
        "at-home",
        _("At home"),
        "customer.country = {country}",
        _("Customers in the shop's own country."),
        _("Local holidays, local delivery times."),
        (_COUNTRY,),
    ),
    Preset(
        "abroad",
        _("Abroad"),
        "customer.country != {country} if unknown no",
        _("Customers known to live in another country."),
        _("Show delivery and duties; mind their season."),
        (_COUNTRY,),
    ),
    Preset(
        "country-{country}",
        _("Customers in %(country)s"),
        "customer.country = {country}",
        _("Customers of one country."),
        _("Speak their language, keep their holidays."),
        (_COUNTRY,),
    ),
    Preset(
        "birthday-soon",
        _("Birthday within %(days)s days"),
        "customer.birth_date anniversary next {days} days",
        _("Customers who have their birthday soon."),
        _("Send a word and a small gift in time."),
        (days(7),),
    ),
    Preset(
        "subscribers-never-bought",
        _("Subscribers who never bought"),
        "customer.accepts_email is true and orders.count() = 0",
        _("People who want your newsletter and have not ordered yet."),
        _("Tell the shop's story; lead to one good first product."),
    ),
)
