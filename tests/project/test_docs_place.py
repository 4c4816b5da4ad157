"""docs/place.md says what the tables know. `python -m tests.project.test_docs_place` writes them anew."""

from __future__ import annotations

import re
from pathlib import Path

from personalization.checks import SETTINGS
from personalization.visitor.rains import CLIMATES, STRADDLING, Months
from personalization.visitor.retail_days import EVERYWHERE, RETAIL_DAYS, RetailDay
from personalization.visitor.season import SOUTHERN

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "place.md"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def season_tables() -> str:
    """Southern countries, wet months, and where the latitude decides."""
    rows = [f"Southern seasons: {' '.join(sorted(SOUTHERN))}", "", "| wet | countries | why |", "|--|--|--|"]
    rows += [f"| {spelled(climate.wet)} | {climate.countries} | {climate.reason} |" for climate in CLIMATES]
    rows += ["", "Where the latitude is known, it decides in:", ""]
    rows += ["| country | at | wet north of it | wet south of it | why |", "|--|--|--|--|--|"]
    rows += [
        f"| {country} | {split.latitude}° | {spelled(split.north)} | {spelled(split.south)} | {split.reason} |"
        for country, split in STRADDLING.items()
    ]
    return "\n".join(rows)


def spelled(months: Months) -> str:
    """In the order of the year; "four seasons" for none."""
    return " ".join(MONTHS[month - 1] for month in sorted(months)) or "four seasons"


def holiday_table() -> str:
    """A row for each retail day."""
    rows = ["| slug | name | when | days before | lasts |", "|--|--|--|--|--|"]
    return "\n".join([*rows, *(row(retail) for retail in RETAIL_DAYS)])


def row(retail: RetailDay) -> str:
    """One of them, with the countries of each rule."""
    parts = [
        f"{rule.text} ({'everywhere' + (' else' if len(retail.rules) > 1 else '') if countries == EVERYWHERE else countries})"
        for countries, rule in retail.rules
    ]
    but = f"; not in {retail.but}" if retail.but else ""
    return f"| `{retail.slug}` | {retail.name} | {'; '.join(parts)}{but} | {retail.ahead} | {retail.lasts} |"


def written(text: str) -> str:
    """The page with its tables as the code has them."""
    for name, table in (("seasons", season_tables()), ("holidays", holiday_table())):
        block = f"<!-- {name} -->\n\n{table}\n\n"
        text = re.sub(rf"<!-- {name} -->\n.*?(?=^## )", lambda _, block=block: block, text, flags=re.DOTALL | re.MULTILINE)
    return text


def test_the_tables_are_those_in_the_code() -> None:
    text = PAGE.read_text()
    assert "<!-- seasons -->" in text
    assert "<!-- holidays -->" in text
    assert written(text) == text


def pages() -> str:
    """All that is told anywhere."""
    return "".join(page.read_text() for page in (ROOT / "docs").glob("*.md"))


def test_every_setting_of_personalization_is_documented() -> None:
    assert [name for name in SETTINGS if f'"{name}": ' not in pages()] == []


def test_every_check_of_personalization_is_documented() -> None:
    known = set(re.findall(r"personalization\.[EW]\d{3}", (ROOT / "personalization" / "checks.py").read_text()))
    assert set(re.findall(r"personalization\.[EW]\d{3}", pages())) == known


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text()))
