"""`segments import-rates FILE`: exchange rates into our own table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from segmentation.conf import conf
from segmentation.errors import SourceError
from segmentation.management.segments.console import Console
from segmentation.management.segments.moment import USAGE
from segmentation.sources.rates_files import FileRates, Refusal, read_ecb, read_plain
from segmentation.sources.rates_stored import Loaded, store

HELP = (
    "Takes in exchange rates; the same file again changes nothing. "
    "Exit code 1 if some could not be used: each is told on standard error, the others are kept."
)

FORMATS: Mapping[str, Callable[[str, str], FileRates]] = {
    "ecb": lambda path, base: read_ecb(path),
    "csv": read_plain,
}


def add_arguments(parser: CommandParser) -> None:
    """Which file, and what it is."""
    parser.add_argument("file", metavar="FILE", help="The rates.")
    parser.add_argument(
        "--format",
        choices=FORMATS,
        default="ecb",
        help="ecb (the default): the bank's eurofxref or eurofxref-hist as CSV, zip or XML; "
        "csv: columns currency, day, rate, the worth of one unit in the base currency.",
    )


def run(console: Console, options: dict[str, Any]) -> None:
    """Load, say what changed and what was refused."""
    try:
        found = FORMATS[options["format"]](options["file"], conf.base_currency)
    except SourceError as error:
        raise CommandError(str(error), returncode=USAGE) from error
    loaded = store(found.quotes)
    refused = [refusal._asdict() for refusal in found.refusals]
    console.tell({**asdict(loaded), "refused": len(refused), "errors": refused}, _lines(loaded, conf.rates is not None))
    for refusal in found.refusals:
        console.warn(_sentence(refusal))
    if refused:
        raise SystemExit(1)


def _lines(loaded: Loaded, unused: bool) -> Iterator[str]:
    said = {name: f"{count:,}" for name, count in asdict(loaded).items()}
    yield _("added %(added)s, changed %(changed)s, unchanged %(unchanged)s") % said
    if unused:
        yield _("SEGMENTATION has RATES of its own: these rates are kept, but not used.")
    elif loaded.added or loaded.changed:
        yield _("The next refresh converts amounts by these rates.")


def _sentence(refusal: Refusal) -> str:
    return _("row %(row)d, %(column)s: %(message)s") % refusal._asdict()
