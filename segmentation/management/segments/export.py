"""`segments export`: definitions as a file for version control."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import ngettext

from segmentation.management.segments.console import Console
from segmentation.membership.definitions import as_yaml, definitions_of

HELP = "Writes the definitions of all segments, or of those named, as YAML; the same as long as they are the same."


def add_arguments(parser: CommandParser) -> None:
    """Which segments, and where to."""
    parser.add_argument("slugs", nargs="*", metavar="SLUG", help="Segments to export; all if none is named.")
    parser.add_argument("--file", metavar="FILE", help="Where to; standard output unless given.")


def run(console: Console, options: dict[str, Any]) -> None:
    """Write them; JSON is the same data, of the file its name."""
    definitions = definitions_of(options["slugs"])
    if options["file"] is None:
        console.tell(definitions, [as_yaml(definitions)])
        return
    try:
        Path(options["file"]).write_bytes(as_yaml(definitions).encode())
    except OSError as error:
        raise CommandError(str(error)) from error
    slugs = [segment["slug"] for segment in definitions["segments"]]
    said = ngettext("%(count)s segment written to %(file)s", "%(count)s segments written to %(file)s", len(slugs))
    console.tell({"file": options["file"], "segments": slugs}, [said % {"count": len(slugs), "file": options["file"]}])
