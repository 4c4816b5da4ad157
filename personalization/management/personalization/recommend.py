"""`personalization recommend`: recommendations for everybody, as a file."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from personalization.management.personalization.bar import bar
from personalization.management.personalization.day import USAGE, add_fit_until, read_day
from personalization.recommend.listed import LISTED
from personalization.recommend.training.offline import recommend_everyone
from segmentation.management.segments.console import Console

HELP = "Writes what a strategy recommends to everyone who bought, as CSV: customer, rank, product."

COLUMNS = ("customer", "rank", "product")
FORMULAS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes a cell that begins so for."""


def add_arguments(parser: CommandParser) -> None:
    """Which strategy, learned from which orders, and where to."""
    parser.add_argument("--strategy", metavar="SLUG", required=True, help="Such as for_you.")
    add_fit_until(parser, "The first day (of the shop) whose orders are not learned from; all are unless given.", required=False)
    parser.add_argument("--out", metavar="FILE", required=True, help="Where to.")
    parser.add_argument("--limit", type=int, default=LISTED, help=f"Products a customer, {LISTED} at most (the default).")


def run(console: Console, options: dict[str, Any]) -> None:
    """Learn, write the file, and say how much is in it."""
    limit = options["limit"]
    if limit < 1:
        raise CommandError(_("--limit must be at least 1"), returncode=USAGE)
    if limit > LISTED:
        console.warn(_("lists have %(count)s products at most") % {"count": LISTED})
    folder = Path(options["out"]).parent
    if not folder.is_dir():  # known before all is learned
        raise CommandError(_("there is no folder %(folder)s") % {"folder": folder}, returncode=USAGE)
    day = read_day(options["fit_until"]) if options["fit_until"] else None
    people = recommend_everyone(options["strategy"], day, now=timezone.now(), progress=bar(console))
    written = customers = 0
    try:
        with open(options["out"], "w", newline="", encoding="utf-8") as file:
            rows = csv.writer(file)
            rows.writerow(COLUMNS)
            for name, products in people:
                rows.writerows((_cell(name), rank, _cell(product)) for rank, product in enumerate(products[:limit], 1))
                written, customers = written + len(products[:limit]), customers + 1
    except OSError as error:
        raise CommandError(str(error)) from error
    said = {"file": options["out"], "customers": customers, "rows": written}
    console.tell(said, [_("%(rows)s rows of %(customers)s customers written to %(file)s") % said])


def _cell(name: str) -> str:
    """An id as a spreadsheet takes it for a text: whoever names products or customers starts no formula in it."""
    return f"'{name}" if name.startswith(FORMULAS) else name
