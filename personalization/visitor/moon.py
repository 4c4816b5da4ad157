"""Days that follow the moon, as tables: no calendar of twelve months computes them.

Of the Hong Kong Observatory's almanac and, for Diwali, India's; until 2035. Later ones are unknown until the tables grow.
"""

from __future__ import annotations

from datetime import date

FIRST_YEAR = 2020


def _days(table: str) -> dict[int, date]:
    """By year, from months and days in the order of the years."""
    return {year: date.fromisoformat(f"{year}-{day}") for year, day in enumerate(table.split(), FIRST_YEAR)}


LUNAR_NEW_YEAR = _days("01-25 02-12 02-01 01-22 02-10 01-29 02-17 02-06 01-26 02-13 02-03 01-23 02-11 01-31 02-19 02-08")
QIXI = _days("08-25 08-14 08-04 08-22 08-10 08-29 08-19 08-08 08-26 08-16 08-05 08-24 08-12 08-01 08-20 08-10")
MID_AUTUMN = _days("10-01 09-21 09-10 09-29 09-17 10-06 09-25 09-15 10-03 09-22 09-12 10-01 09-19 09-08 09-27 09-16")
DIWALI = _days("11-14 11-04 10-24 11-12 10-31 10-20 11-08 10-29 10-17 11-05 10-26 11-14 11-02 10-22 11-10 10-30")
