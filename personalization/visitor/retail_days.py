"""Days that shops keep, wherever they are no public holidays: our own table, as data.

A day is "around" from `ahead` days before it until the last of its `lasts` days. Where countries keep it on different days,
each group has its rule; `*` is everywhere else, but for the countries in `but`.
"""

from __future__ import annotations

from calendar import MONDAY, SATURDAY, SUNDAY, THURSDAY, WEDNESDAY
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from personalization.visitor.day_rules import (
    DayRule,
    easter,
    fixed,
    french_mothers_day,
    listed,
    nth,
    orthodox_easter,
)
from personalization.visitor.moon import DIWALI, LUNAR_NEW_YEAR, MID_AUTUMN, QIXI

EVERYWHERE = "*"


@dataclass(frozen=True)
class RetailDay:
    """One of them; the slug is what targets keep, and never changes."""

    slug: str
    name: Promise
    rules: Sequence[tuple[str, DayRule]]
    ahead: int
    lasts: int = 1
    but: str = ""

    def rule_in(self, country: str) -> DayRule | None:
        """When this country keeps it; None where it does not."""
        for countries, rule in self.rules:
            if country in countries.split() or (countries == EVERYWHERE and country not in self.but.split()):
                return rule
        return None


ORTHODOX = "BG BY CY ET GE GR MD ME MK RO RS RU UA"
CHINESE = "CN HK MO MY SG TW"
NO_CHRISTMAS = "AF BT DZ IL IQ IR KP KW LY MR MV SA SO TJ TM TN UZ YE"
NO_VALENTINE = "AF BN IR KP PK SA SO UZ YE"
THANKSGIVING = nth(4, THURSDAY, 11)
NEW_MOON = listed(LUNAR_NEW_YEAR, "first day of the Chinese year")

RETAIL_DAYS: tuple[RetailDay, ...] = (
    RetailDay("new-year", _("New Year"), [("*", fixed(1, 1))], ahead=6),
    RetailDay("epiphany", _("Epiphany"), [("AR CO DO ES IT MX PR UY VE", fixed(1, 6))], ahead=5),
    RetailDay(
        "winter-sales",
        _("Winter sales"),
        [("FR", nth(2, WEDNESDAY, 1)), ("BE", fixed(1, 3)), ("ES IT PT", fixed(1, 7))],
        ahead=0,
        lasts=28,
    ),
    RetailDay("grandmothers-day", _("Grandmother's Day"), [("PL", fixed(1, 21)), ("FR", nth(1, SUNDAY, 3))], ahead=10),
    RetailDay("grandfathers-day", _("Grandfather's Day"), [("PL", fixed(1, 22)), ("FR", nth(1, SUNDAY, 10))], ahead=10),
    RetailDay("lunar-new-year", _("Lunar New Year"), [("CN HK ID KR MO MY PH SG TW VN", NEW_MOON)], ahead=21, lasts=5),
    RetailDay(
        "lantern-festival", _("Lantern Festival"), [(CHINESE, NEW_MOON.later(14, "15th day of the Chinese year"))], ahead=5
    ),
    RetailDay("candlemas", _("Candlemas"), [("BE CH FR LU", fixed(2, 2))], ahead=5),
    RetailDay("fat-thursday", _("Fat Thursday"), [("PL", easter(-52))], ahead=5),
    RetailDay(
        "valentines-day",
        _("Valentine's Day"),
        [("BR", fixed(6, 12)), ("CO", nth(3, SATURDAY, 9)), ("*", fixed(2, 14))],
        ahead=14,
        but=NO_VALENTINE,
    ),
    RetailDay(
        "womens-day",
        _("Women's Day"),
        [("AM AZ BG BY CN CZ GE IT KG KZ LT LV MD ME MK MN PL RO RS RU SI SK TJ UA UZ VN", fixed(3, 8))],
        ahead=7,
    ),
    RetailDay("white-day", _("White Day"), [("CN JP KR TW", fixed(3, 14))], ahead=10),
    RetailDay("saint-patricks-day", _("Saint Patrick's Day"), [("AU CA GB IE US", fixed(3, 17))], ahead=7),
    RetailDay("easter", _("Easter"), [(ORTHODOX, orthodox_easter()), ("*", easter())], ahead=21, lasts=2, but=NO_CHRISTMAS),
    RetailDay(
        "mothers-day",
        _("Mother's Day"),
        [
            ("GB GG IE IM JE", easter(-21)),
            ("FR GP MQ RE", french_mothers_day()),
            ("PL", fixed(5, 26)),
            ("ES HU LT PT RO ZA", nth(1, SUNDAY, 5)),
            ("DO SE", nth(-1, SUNDAY, 5)),
            ("NO", nth(2, SUNDAY, 2)),
            ("GT MX SV", fixed(5, 10)),
            ("AE BH EG IQ JO KW LB OM PS QA SA SY YE", fixed(3, 21)),
            ("BG MK RS", fixed(3, 8)),
            ("CR", fixed(8, 15)),
            ("AR", nth(3, SUNDAY, 10)),
            ("TH", fixed(8, 12)),
            ("ID", fixed(12, 22)),
            ("RU", nth(-1, SUNDAY, 11)),
            ("KR", fixed(5, 8)),
            (
                "AT AU BB BE BR CA CH CL CN CO CU CY CZ DE DK EC EE FI GR HK HR IN IS IT JM JP LI LV MO MT MY NL NZ PE PH SG SK"
                " TR TT TW UA US UY VE",
                nth(2, SUNDAY, 5),
            ),
        ],
        ahead=14,
    ),
    RetailDay(
        "childrens-day",
        _("Children's Day"),
        [("CN CZ PL RO SK UA", fixed(6, 1)), ("JP KR", fixed(5, 5)), ("HK TW", fixed(4, 4))],
        ahead=10,
    ),
    RetailDay("mid-year-festival", _("6.18 shopping festival"), [("CN HK MO", fixed(6, 18))], ahead=17, lasts=3),
    RetailDay("end-of-financial-year", _("End-of-financial-year sales"), [("AU", fixed(6, 30))], ahead=29),
    RetailDay(
        "fathers-day",
        _("Father's Day"),
        [
            ("PL", fixed(6, 23)),
            ("AU FJ NZ PG", nth(1, SUNDAY, 9)),
            ("TW", fixed(8, 8)),
            ("DE", easter(39)),
            ("ES HR IT LI PT", fixed(3, 19)),
            ("AT BE", nth(2, SUNDAY, 6)),
            ("CH", nth(1, SUNDAY, 6)),
            ("EE FI IS NO SE", nth(2, SUNDAY, 11)),
            ("DK", fixed(6, 5)),
            ("BR", nth(2, SUNDAY, 8)),
            ("TH", fixed(12, 5)),
            (
                "AR BD CA CL CN CO CR CU CY CZ EC FR GB GG GR HK HU IE IM IN JE JM JP LV MO MT MX MY NL PE PH SG SK TR TT"
                " UA US VE ZA",
                nth(3, SUNDAY, 6),
            ),
        ],
        ahead=14,
    ),
    RetailDay(
        "summer-sales", _("Summer sales"), [("FR", nth(-1, WEDNESDAY, 6)), ("BE ES IT PT", fixed(7, 1))], ahead=0, lasts=28
    ),
    RetailDay("qixi", _("Qixi"), [("CN HK MO TW", listed(QIXI, "7th day of the 7th Chinese month"))], ahead=10),
    RetailDay(
        "back-to-school",
        _("Back to school"),
        [
            ("AU NZ", fixed(1, 28)),
            ("ZA", fixed(1, 14)),
            ("BR", fixed(2, 5)),
            ("AR CL KR UY", fixed(3, 2)),
            ("JP", fixed(4, 6)),
            ("SG", fixed(1, 2)),
            ("DK FI NO SE", fixed(8, 15)),
            ("DE", fixed(8, 25)),
            ("US", fixed(8, 25)),
            ("CA", nth(1, MONDAY, 9).later(1, "day after the first Monday of September")),
            ("IT", fixed(9, 10)),
            ("AT", nth(1, MONDAY, 9)),
            ("BE BG CH CN CZ EE ES FR GB GR HK HR HU IE LT LU LV MO NL PL PT RO RS RU SI SK TW UA", fixed(9, 1)),
        ],
        ahead=28,
        lasts=7,
    ),
    RetailDay(
        "mid-autumn",
        _("Mid-Autumn Festival"),
        [(CHINESE + " VN", listed(MID_AUTUMN, "15th day of the 8th Chinese month"))],
        ahead=21,
    ),
    RetailDay(
        "teachers-day", _("Teacher's Day"), [("PL", fixed(10, 14)), ("CN HK MO", fixed(9, 10)), ("TW", fixed(9, 28))], ahead=7
    ),
    RetailDay("halloween", _("Halloween"), [("AU CA DE FR GB IE JP NL NZ PL SG TW US", fixed(10, 31))], ahead=21),
    RetailDay(
        "diwali",
        _("Diwali"),
        [("AU CA FJ GB GY IN LK MU MY NP SG SR TT US", listed(DIWALI, "new moon of Kartika"))],
        ahead=21,
        lasts=2,
    ),
    RetailDay("bonfire-night", _("Bonfire Night"), [("GB", fixed(11, 5))], ahead=7),
    RetailDay("singles-day", _("Singles' Day"), [("CN HK ID MO MY PH SG TH TW VN", fixed(11, 11))], ahead=14),
    RetailDay("thanksgiving", _("Thanksgiving"), [("US", THANKSGIVING), ("CA", nth(2, MONDAY, 10))], ahead=14),
    RetailDay(
        "black-friday", _("Black Friday"), [("*", THANKSGIVING.later(1, "day after the fourth Thursday of November"))], ahead=10
    ),
    RetailDay(
        "cyber-monday", _("Cyber Monday"), [("*", THANKSGIVING.later(4, "Monday after the fourth Thursday of November"))], ahead=3
    ),
    RetailDay(
        "saint-nicholas",
        _("Saint Nicholas"),
        [("NL", fixed(12, 5)), ("AT BE CH CZ DE HR HU LU PL RO SI SK", fixed(12, 6))],
        ahead=14,
    ),
    RetailDay("double-twelve", _("Double Twelve"), [("CN HK ID MO MY PH SG TH TW VN", fixed(12, 12))], ahead=7),
    RetailDay(
        "christmas",
        _("Christmas"),
        [("BY ET GE ME MK RS RU", fixed(1, 7)), ("*", fixed(12, 25))],
        ahead=31,
        lasts=2,
        but=NO_CHRISTMAS,
    ),
    RetailDay("boxing-day", _("Boxing Day"), [("AU CA GB GG HK IE IM JE NZ ZA", fixed(12, 26))], ahead=1, lasts=5),
)
