"""`segments import-orders FILE`: orders of a shop elsewhere, out of its own export."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from segmentation.conf import conf
from segmentation.errors import SourceError
from segmentation.management.segments.console import Console
from segmentation.management.segments.moment import USAGE
from segmentation.management.segments.table import table
from segmentation.sources.stored.canonical_json import CanonicalRows
from segmentation.sources.stored.entries import Reader, Refusal
from segmentation.sources.stored.files import format_of
from segmentation.sources.stored.importing import ImportReport, take_in
from segmentation.sources.stored.plain_csv import PlainOrders
from segmentation.sources.stored.shopify import ShopifyOrders
from segmentation.sources.stored.woocommerce import WooCommerceOrders

HELP = (
    "Takes in orders of a shop elsewhere; the same file again changes nothing. "
    "Exit code 1 if some were refused: they are kept beside the file, with the reasons."
)


class Given(NamedTuple):
    """What the command line says of the file."""

    path: str
    zone: ZoneInfo | None
    date_format: str
    columns: Sequence[str]


class Format(NamedTuple):
    """How a format is read; `is_plain` where its dates and columns may be of any kind, `suffix` is its files'."""

    open: Callable[[Given], Reader]
    suffix: str
    is_plain: bool = False


FORMATS: Mapping[str, Format] = {
    "csv": Format(lambda of: PlainOrders(of.path, of.zone or conf.time_zone, of.date_format, of.columns), "csv", is_plain=True),
    "shopify": Format(lambda of: ShopifyOrders(of.path, of.zone), "csv"),
    "woocommerce": Format(lambda of: WooCommerceOrders(of.path), "json"),
    "json": Format(lambda of: CanonicalRows(of.path, of.zone), "json"),
}


def add_arguments(parser: CommandParser) -> None:
    """Which file, and what it is."""
    parser.add_argument("file", metavar="FILE", help="The export.")
    parser.add_argument("--format", choices=FORMATS, help="What made the file; told from its beginning unless given.")
    parser.add_argument(
        "--zone", metavar="ZONE", help="IANA zone of times that have no offset; in a plain CSV the shop's unless given."
    )
    parser.add_argument(
        "--date-format",
        metavar="FORMAT",
        help="How dates of a plain CSV are written, such as %%d/%%m/%%Y; else ISO 8601.",
    )
    parser.add_argument(
        "--column",
        action="append",
        metavar="WHAT=NAME",
        help="What a column of a plain CSV is, such as customer=Household; may be repeated.",
    )
    parser.add_argument("--errors", metavar="PATH", help="Where refused rows are kept; FILE.errors.csv or .json unless given.")
    parser.add_argument("--dry-run", action="store_true", help="Say what would become of the rows and write nothing.")


def run(console: Console, options: dict[str, Any]) -> None:
    """Import, say what changed and what was refused."""
    path, dry_run = options["file"], options["dry_run"]
    reader, suffix = _reader(options)
    kept = options["errors"] or (None if dry_run else f"{path}.errors.{suffix}")
    if kept and Path(kept).resolve() == Path(path).resolve():
        raise CommandError(_("--errors: %(path)s is the file itself") % {"path": kept}, returncode=USAGE)
    errors = reader.errors_file(kept) if kept else None
    try:
        report = take_in(reader, errors, now=timezone.now(), dry_run=dry_run, progress=console.counter(_("orders")))
    except OSError as error:
        raise CommandError(str(error)) from error
    kept = kept if report.refused else None
    console.tell(_data(report, reader.warnings, kept, dry_run), _lines(report, dry_run))
    for sentence in (*reader.warnings, *_complaints(report, kept)):
        console.warn(sentence)
    if report.refused:
        raise SystemExit(1)


def _reader(options: dict[str, Any]) -> tuple[Reader, str]:
    """The reader, and how the name of a file ends that it writes. A file of another kind is a wrong command line."""
    given = Given(options["file"], _zone(options["zone"]), options["date_format"] or "", options["column"] or ())
    try:
        name = options["format"] or format_of(given.path)
        if (given.date_format or given.columns) and not FORMATS[name].is_plain:
            raise SourceError(_("--date-format and --column are for --format csv; this is %(format)s") % {"format": name})
        return FORMATS[name].open(given), FORMATS[name].suffix
    except SourceError as error:
        raise CommandError(str(error), returncode=USAGE) from error


def _zone(name: str | None) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        said = {"name": name, "error": error}
        raise CommandError(_("--zone: “%(name)s” is no IANA time zone (%(error)s)") % said, returncode=USAGE) from error


def _data(report: ImportReport, warnings: list[str], kept: str | None, dry_run: bool) -> dict[str, Any]:
    return {
        "relations": {name: asdict(counts) for name, counts in report.relations.items()},
        "left_out": report.left_out,
        "refused": report.refused,
        "errors": [refusal._asdict() for refusal in report.refusals],
        "errors_file": kept,
        "warnings": warnings,
        "dry_run": dry_run,
    }


def _lines(report: ImportReport, dry_run: bool) -> Iterator[str]:
    head = [_("relation"), _("created"), _("updated"), _("unchanged"), _("removed")]
    yield from table(head, [[name, *asdict(counts).values()] for name, counts in report.relations.items()])
    if report.left_out:
        reasons = ", ".join(f"{reason} {count:,}" for reason, count in sorted(report.left_out.items()))
        yield _("orders that do not count: %(reasons)s") % {"reasons": reasons}
    if not report.changed and report.refused:
        return
    if not report.changed:
        yield _("Nothing changed.")
    elif dry_run:
        yield _("A dry run: nothing was written.")
    else:
        yield _("The next refresh answers the segments with these rows.")


def _complaints(report: ImportReport, kept: str | None) -> Iterator[str]:
    for refusal in report.refusals:
        yield _sentence(refusal)
    if report.refused:
        said = {"refused": f"{report.refused:,}", "kept": kept}
        yield (_("refused: %(refused)s; kept in %(kept)s") if kept else _("refused: %(refused)s")) % said


def _sentence(refusal: Refusal) -> str:
    said = refusal._asdict()
    return (_("row %(row)d, %(column)s: %(message)s") if refusal.column else _("row %(row)d: %(message)s")) % said
